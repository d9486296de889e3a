package io.crossfade.handlers;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;

/** One application for all tests of functions; {@link SelectedHandler} says which one it is. */
public final class HandlersProfile implements QuarkusTestProfile {
  static final String PORT = "quarkus.lambda.mock-event-server.test-port";

  /** Which function the application starts as. */
  static final String FIRST = "guardian";

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "quarkus.lambda.handler",
        FIRST,
        PORT,
        freePort(),
        "crossfade.execution-arn-prefix",
        "arn:aws:states:eu-central-1:123456789012:execution:crossfade-release",
        "crossfade.busy-requests-per-minute",
        "1000");
  }

  private static String freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return String.valueOf(socket.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(
        new TestResourceEntry(AccountResource.class), new TestResourceEntry(SlackResource.class));
  }
}
