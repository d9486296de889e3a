package io.crossfade.localaws.lambda;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The main class of a JVM that hosts one function, calls it, and says what it answers. */
final class HostingProbe {
  private HostingProbe() {}

  /**
   * @param arguments the artifact, and the folder to unzip it into
   */
  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (FunctionHost host = new FunctionHost(Path.of(arguments[0]), Path.of(arguments[1]))) {
      host.register(new FunctionConfig("f", Map.of(), Duration.ofSeconds(60), 128));
      host.warmUp();
      out.println("answer " + host.invoke("f", TextNode.valueOf("für")).asText());
      host.logs("f").forEach(line -> out.println("log " + line));
    }
  }
}
