package io.crossfade.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.localaws.Stack;
import io.crossfade.localaws.template.FunctionResource;
import io.crossfade.lock.Lock;
import io.crossfade.rollback.RestorePolicy;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the code knows of time-outs is what the template and the state machine say. */
class TimeoutsTest {
  @Test
  void noExecutionIsLongerThanALockLives() throws Exception {
    int seconds =
        new ObjectMapper()
            .readTree(Path.of("statemachine/release.asl.json").toFile())
            .path("TimeoutSeconds")
            .asInt();
    assertThat(Lock.LONGEST_EXECUTION_SECONDS).isEqualTo(seconds);
  }

  @Test
  void noFunctionRunsLongerThanARestoreWatches() {
    assertThat(Stack.template("site").functions())
        .extracting(FunctionResource::timeout)
        .isNotEmpty()
        .allSatisfy(
            timeout ->
                assertThat(timeout)
                    .isLessThanOrEqualTo(
                        Duration.ofSeconds(RestorePolicy.FUNCTION_TIMEOUT_SECONDS)));
  }
}
