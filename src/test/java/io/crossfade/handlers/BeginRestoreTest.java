package io.crossfade.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.localaws.states.LocalStepFunctions;
import io.crossfade.lock.Lock;
import io.crossfade.release.Deployment;
import io.crossfade.release.Sample;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.SfnClient;

@QuarkusTest
@TestProfile(HandlersProfile.class)
class BeginRestoreTest extends HandlerTest {
  BeginRestoreTest() {
    super("begin-restore");
  }

  private static final String RESTORING = Sample.EXECUTION.replace("run-1", "restore-1-run-1");

  @BeforeEach
  void store() {
    aws.gateway()
        .serve("states", SfnClient.class, new LocalStepFunctions(aws.clock(), (name, in) -> null));
    store("snapshot", at(-1));
    forgetCalls();
  }

  private void store(String what, Deployment deployment) {
    try {
      aws.s3()
          .put(
              "crossfade-state",
              "deployments/run-1/%s.json".formatted(what),
              json.writeValueAsBytes(deployment));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  ObjectNode ordinary() {
    return restore("run-1");
  }

  private ObjectNode restore(String id) {
    return payload(json.createObjectNode().put("restore", id), NOW).put("execution", RESTORING);
  }

  @Test
  void takesTheLockOverAndGoesBack() {
    JsonNode answer = call(ordinary());

    assertThat(action(answer)).isEqualTo("ROLL_BACK");
    assertThat(reason(answer)).isEqualTo("a restore of run-1 was started");
    assertThat(answer.at("/id").asText()).isEqualTo("run-1");
    assertThat(answer.at("/execution").asText()).isEqualTo(RESTORING);
    assertThat(lock()).isEqualTo(Lock.taken(backend.ruleArn(), "run-1", RESTORING, NOW));
  }

  @Test
  void aRetryWritesNothingMore() {
    call(ordinary());
    call(ordinary());
    // The lock once, the status each time.
    assertThat(gateway.callCounts()).containsEntry("s3:PutObject", 3L);
  }

  @Test
  void goesForwardOnceScaleInHadBegun() {
    store("finishing", at(3));
    JsonNode answer = call(ordinary());
    assertThat(action(answer)).isEqualTo("FINISH");
    assertThat(reason(answer)).endsWith("; scale-in had begun, so the way out is forward");
    assertThat(answer.at("/progress/step").asInt()).isEqualTo(3);
  }

  @Test
  void refusesWhatIsNotStored() {
    JsonNode answer = call(restore("../run-1"));
    assertThat(action(answer)).isEqualTo("REFUSE");
    assertThat(reason(answer)).startsWith("no deployment \"../run-1\" is stored");
    assertThat(action(call(restore("run-9")))).isEqualTo("REFUSE");
    assertThat(changes()).isEmpty();
  }

  @Test
  void refusesWhatAnotherDeploymentHasTakenOver() {
    loseTheLock();
    forgetCalls();
    JsonNode answer = call(ordinary());
    assertThat(action(answer)).isEqualTo("REFUSE");
    assertThat(reason(answer)).startsWith("this rule is locked by run-2");
    assertThat(changes()).isEmpty();
  }
}
