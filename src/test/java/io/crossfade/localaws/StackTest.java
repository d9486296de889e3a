package io.crossfade.localaws;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.localaws.lambda.FakeArtifact;
import io.crossfade.localaws.lambda.FunctionHost;
import io.crossfade.localaws.template.ResolvedTemplate;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

class StackTest {
  private static final double SPEED = 2000;

  @TempDir Path work;

  /** The notification, which would put it into a sentence, cannot start either. */
  @Test
  void aReleaseWhoseFunctionsCannotStartEndsWithWhatTheySaid() throws Exception {
    ResolvedTemplate template = Stack.template("site");
    try (Account account = new Account(SPEED);
        FunctionHost host =
            Stack.host(
                template,
                FakeArtifact.write(work),
                work.resolve("run"),
                URI.create("http://127.0.0.1:1"),
                Map.of("EXIT_AT_START", "1"));
        Stack stack = new Stack(account.aws(), host, template)) {
      DescribeExecutionResponse ended = stack.await(stack.start("run", "{}"));

      assertThat(ended.error()).isEqualTo("Refused");
      assertThat(ended.cause())
          .startsWith("{\"Error\":\"Runtime.ExitError\"")
          .contains("Runtime exited with error: exit status 7. It wrote: there is no floor");
    }
  }
}
