package io.crossfade.localaws.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.localaws.states.FunctionError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that is no artifact of ours, and speaks the Runtime API. */
class FunctionProcessTest {
  private static final String ECHO =
      """
      import java.net.*; import java.net.http.*; import java.net.http.HttpRequest.BodyPublishers;
      import java.net.http.HttpResponse.BodyHandlers;
      class Echo {
        public static void main(String[] arguments) throws Exception {
          String api = "http://" + System.getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/";
          HttpClient http = HttpClient.newHttpClient();
          while (true) {
            var next = http.send(HttpRequest.newBuilder(URI.create(api + "invocation/next")).build(), BodyHandlers.ofString());
            String id = next.headers().firstValue("Lambda-Runtime-Aws-Request-Id").orElseThrow();
            String answer = "{\\"heard\\": " + next.body() + ", \\"greeting\\": \\"" + System.getenv("GREETING") + "\\"}";
            http.send(HttpRequest.newBuilder(URI.create(api + "invocation/" + id + "/response")).POST(BodyPublishers.ofString(answer)).build(), BodyHandlers.ofString());
          }
        }
      }
      """;

  @TempDir Path folder;
  private Path program;

  @BeforeEach
  void write() throws Exception {
    program = Files.writeString(folder.resolve("Echo.java"), ECHO);
  }

  private FunctionProcess start(String file) throws Exception {
    FunctionConfig config =
        new FunctionConfig("echo", Map.of("GREETING", "hi"), Duration.ofMinutes(1), 256);
    String java = ProcessHandle.current().info().command().orElse("java");
    return FunctionProcess.start(config, List.of(java, file), folder, folder);
  }

  @Test
  void whatItAnswersAndWhatItTookIsKnown() throws Exception {
    try (FunctionProcess process = start(program.toString())) {
      JsonNode answer = process.invoke(FunctionErrors.JSON.readTree("[1]"));
      assertThat(answer).hasToString("{\"heard\":[1],\"greeting\":\"hi\"}");
      assertThat(process.invoke(FunctionErrors.JSON.readTree("[2]")).at("/heard"))
          .hasToString("[2]");
      assertThat(process.awaitFirstPoll()).isPositive();
      if (Files.isReadable(Path.of("/proc/self/status"))) {
        assertThat(process.peakMemoryKib().orElseThrow()).isGreaterThan(10_000);
      }
    }
  }

  @Test
  void itCanBeAskedToEnd() throws Exception {
    try (FunctionProcess process = start(program.toString())) {
      process.awaitFirstPoll();
      process.end();
      assertThatThrownBy(() -> process.invoke(FunctionErrors.JSON.readTree("[3]")))
          .isInstanceOf(FunctionError.class);
    }
  }

  @Test
  void oneThatCannotStartSaysWhy() throws Exception {
    try (FunctionProcess process = start("Missing.java")) {
      assertThatThrownBy(process::awaitFirstPoll).hasMessageContaining("Missing.java");
    }
  }
}
