package io.crossfade.localaws.lambda;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * A function to be hosted.
 *
 * @param environment all that the function's process sees of the world, credentials and endpoints
 *     included; nothing of this JVM's own environment is handed on
 * @param timeout in real time
 */
public record FunctionConfig(
    String name, Map<String, String> environment, Duration timeout, int memoryMb) {
  public FunctionConfig {
    Objects.requireNonNull(name, "name");
    environment = Map.copyOf(environment);
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be above 0, found " + timeout);
    }
    if (memoryMb < 128 || memoryMb > 10_240) {
      throw new IllegalArgumentException("memory must be 128 to 10240 MB, found " + memoryMb);
    }
  }

  String arn() {
    return "arn:aws:lambda:eu-central-1:123456789012:function:" + name;
  }
}
