package io.crossfade.localaws.lambda;

import java.time.Duration;
import java.util.Map;

/** How a function is configured; its timeout is real time. */
public record FunctionConfig(
    String name, Map<String, String> environment, Duration timeout, int memoryMb) {
  public FunctionConfig {
    environment = Map.copyOf(environment);
  }
}
