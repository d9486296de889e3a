package io.crossfade.handlers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.localaws.faults.ErrorInjector;
import io.crossfade.localaws.sdk.ServiceErrors;
import io.crossfade.localaws.wire.Call;
import io.crossfade.localaws.wire.CallInterceptor;
import io.crossfade.lock.ReleasedBuild;
import io.crossfade.release.Sample;
import io.crossfade.report.ReleaseReport;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

@QuarkusTest
@TestProfile(HandlersProfile.class)
class NotifyTest extends HandlerTest {
  NotifyTest() {
    super("notify");
  }

  @Override
  ObjectNode ordinary() {
    return payload(at(3)).put("outcome", "Released");
  }

  @Test
  void whoIsToldIsToldAlsoIfTheLockCannotBeGivenBack() {
    refuse("s3:GetObject");
    assertThat(fail(ordinary()).get("errorType").asText())
        .isEqualTo("io.crossfade.release.TransientFailure");
    assertThat(aws.sns().published()).hasSize(1);
  }

  @Test
  void publishesTheOutcome() {
    call(ordinary());
    assertThat(aws.sns().published()).hasSize(1);
    assertThat(aws.sns().published().get(0).subject()).isEqualTo("Crossfade: backend released");
    assertThat(aws.sns().published().get(0).message()).startsWith("Outcome: Released\n");
  }

  @Test
  void aPlanThatFailedByAnErrorIsToldInASentence() {
    ObjectNode document =
        json.createObjectNode().put("id", "run-1").put("execution", Sample.EXECUTION);
    document
        .putObject("verdict")
        .put("action", "REFUSE")
        .put("reason", "{\"Error\":\"x\"}")
        .put("caught", true)
        .put("waitSeconds", 0);
    document
        .putObject("error")
        .put("Error", "x")
        .put("Cause", "{\"errorMessage\":\"no such rule\",\"errorType\":\"x\"}");

    JsonNode answer = call(payload(document, NOW).put("outcome", "Refused"));

    assertThat(reason(answer)).isEqualTo("no such rule");
    assertThat(aws.sns().published().get(0).subject())
        .isEqualTo("Crossfade: run-1 refused, nothing was changed");
    assertThat(aws.sns().published().get(0).message()).contains("Reason: no such rule");
  }

  @Test
  void anOutcomeThatNobodyKnowsIsAnError() {
    JsonNode error = fail(payload(at(3)).put("outcome", "Forgotten"));
    assertThat(error.get("errorType").asText()).isEqualTo("java.lang.IllegalArgumentException");
    assertThat(aws.sns().published()).isEmpty();
  }

  @Test
  void givesTheLockBackAndKeepsWhatIsLive() {
    call(ordinary());
    assertThat(lock().released()).isTrue();
    assertThat(lock().live())
        .isEqualTo(new ReleasedBuild("run-1", Sample.IMAGE, Sample.START, "abc1234", null));
  }

  @Test
  void givesTheLockBackBeforeAnybodyIsTold() {
    call(payload(at(3)).put("outcome", "RolledBack"));
    assertThat(lock().released()).isTrue();
    assertThat(lock().live()).isNull();
    call(payload(at(3)).put("outcome", "RolledBack"));
    // The lock once, and the report's two files and the status each time.
    assertThat(gateway.callCounts()).containsEntry("s3:PutObject", 7L);
  }

  @Test
  void aStatusThatCannotBeStoredIsNoFailure() {
    intercept(new ErrorInjector("s3:PutObject", Integer.MAX_VALUE, "SlowDown", 503));
    assertThat(action(call(payload(at(3)).put("outcome", "Refused")))).isEqualTo("START");
    assertThat(aws.sns().published()).hasSize(1);
  }

  @Test
  void writesTheReportAndTellsWhereItIs() throws Exception {
    call(ordinary());
    String page = stored("deployments/run-1/report.html");
    assertThat(page).startsWith("<!doctype html>").contains("Released</span> backend</h1>");
    assertThat(json.readValue(stored("deployments/run-1/report.json"), ReleaseReport.class))
        .extracting(ReleaseReport::outcome, ReleaseReport::title)
        .containsExactly("Released", "backend");
    assertThat(aws.sns().published().get(0).message())
        .contains(
            "Report: https://eu-central-1.console.aws.amazon.com/s3/object/crossfade-state?region=eu-central-1"
                + "&prefix=deployments%2Frun-1%2Freport.html\n");
    assertThat(gateway.callCounts()).containsEntry("monitoring:GetMetricData", 1L);
  }

  @Test
  void aReportThatCannotBeWrittenKeepsNeitherTheLockNorTheNews() {
    intercept(
        new CallInterceptor() {
          @Override
          public void before(Call call) {
            if (call.request() instanceof PutObjectRequest put && put.key().contains("/report.")) {
              throw ServiceErrors.plain("s3", 403, "AccessDenied", "not this");
            }
          }
        });
    call(ordinary());
    assertThat(lock().released()).isTrue();
    assertThat(aws.sns().published().get(0).message())
        .contains("Report: none could be written; the function's log says why");
  }

  private String stored(String key) {
    return new String(aws.s3().get("crossfade-state", key).orElseThrow(), UTF_8);
  }

  @Test
  void keepsTheLockWhereAPersonIsNeeded() {
    call(payload(at(3)).put("outcome", "RestoreIncomplete"));
    assertThat(lock().released()).isFalse();
  }

  @Test
  void leavesTheLockOfAnotherAlone() {
    loseTheLock();
    call(ordinary());
    assertThat(lock().deployment()).isEqualTo("run-2");
    assertThat(lock().released()).isFalse();
  }
}
