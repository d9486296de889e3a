package io.crossfade.handlers;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;

/** The artifact as one of its functions, told which by the property that Lambda sets too. */
abstract class Function implements QuarkusTestProfile {
  static final String PORT = "quarkus.lambda.mock-event-server.test-port";

  private final String handler;

  Function(String handler) {
    this.handler = handler;
  }

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of("quarkus.lambda.handler", handler, PORT, freePort());
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
    return List.of(new TestResourceEntry(AccountResource.class));
  }
}
