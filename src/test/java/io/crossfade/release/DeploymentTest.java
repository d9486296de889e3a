package io.crossfade.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeploymentTest {
  private final ObjectMapper json =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
          .build();

  @Test
  void nothingIsLostOnItsWayThroughTheStateMachine() throws Exception {
    Deployment before =
        Sample.at(1)
            .with(new Restoration("because", Sample.START, null))
            .with(new Approval("U1", "ann", Sample.START))
            .recordEvent("something", Sample.START)
            .withCalls(Map.of("ECS UpdateService", 2));

    String text = json.writeValueAsString(before);

    assertThat(json.readValue(text, Deployment.class)).isEqualTo(before);
    assertThat(json.readTree(text).fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "id",
            "execution",
            "release",
            "target",
            "snapshot",
            "taskDefinition",
            "progress",
            "verdict",
            "approval",
            "restoration",
            "commands",
            "error",
            "timeline",
            "calls");
  }

  @Test
  void theStoryForgetsItsOldestLinesBeforeThePayloadOverflows() {
    Deployment deployment = Sample.at(0);
    for (int i = 0; i < 250; i++) {
      deployment = deployment.recordEvent("line " + i, Sample.START);
    }
    assertThat(deployment.timeline()).hasSize(200);
    assertThat(deployment.timeline().get(199).what()).isEqualTo("line 249");
  }

  @Test
  void requestsToAwsAddUp() {
    Deployment twice =
        Sample.at(0)
            .withCalls(Map.of("ECS UpdateService", 1, "S3 GetObject", 1))
            .withCalls(Map.of("ECS UpdateService", 2));
    assertThat(twice.calls()).isEqualTo(Map.of("ECS UpdateService", 3, "S3 GetObject", 1));
    assertThat(twice.continuedBy("another").with(Sample.at(1).progress()).calls())
        .isEqualTo(twice.calls());
  }

  private enum Answer implements Decision.Action {
    WAIT,
    GO
  }

  @Test
  void everyOtherDecisionIs() {
    Deployment gone = Sample.at(0).recordDecision(Decision.of(Answer.GO, "now"), Sample.START);
    assertThat(gone.timeline())
        .containsExactly(new TimelineEvent(Sample.START, "now", Weights.canaryAt(25)));
    assertThat(gone.verdict()).isEqualTo(new Verdict("GO", "now", 0, false));
  }

  @Test
  void waitingIsNotWorthALineInTheStory() {
    Deployment waited =
        Sample.at(0).recordDecision(new Decision<>(Answer.WAIT, "not yet", 5), Sample.START);
    assertThat(waited.timeline()).isEmpty();
    assertThat(waited.verdict().waitSeconds()).isEqualTo(5);
  }
}
