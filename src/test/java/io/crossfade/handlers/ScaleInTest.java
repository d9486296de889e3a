package io.crossfade.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.localaws.wire.Call;
import io.crossfade.localaws.wire.CallInterceptor;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(HandlersProfile.class)
class ScaleInTest extends HandlerTest {
  ScaleInTest() {
    super("scale-in");
  }

  @BeforeEach
  void allTrafficIsOnGreen() {
    weights(0, 100);
    awaitGreen(2);
    forgetCalls();
  }

  @Test
  void goesBackToDrainingWhileTheNewVersionLacksATask() {
    awaitGreen(1);
    forgetCalls();
    JsonNode error = fail(ordinary());
    assertThat(error.get("errorType").asText()).isEqualTo("io.crossfade.release.CapacityShortfall");
    assertThat(error.get("errorMessage").asText())
        .isEqualTo(
            "1 of 2 targets of backend-green are healthy, 2 needed before the old version goes");
    assertThat(changes()).isEmpty();
  }

  @Test
  void neverGoesBackOnceItHasLeftItsMark() {
    call(ordinary());
    awaitGreen(1);
    forgetCalls();
    JsonNode error = fail(ordinary());
    assertThat(error.get("errorType").asText()).isEqualTo("io.crossfade.release.TransientFailure");
    assertThat(changes()).isEmpty();
  }

  @Test
  void neverParksAGroupThatTheTestRuleLeadsTo() {
    ObjectNode payload = tested(ordinary());
    testWeights(100, 0);
    JsonNode error = fail(payload);
    assertThat(error.get("errorType").asText()).isEqualTo("io.crossfade.release.PermanentFailure");
    assertThat(error.get("errorMessage").asText())
        .startsWith("someone else changed the test rule: it shows forward to ");
    assertThat(changes()).isEmpty();

    testWeights(0, 100);
    assertThat(action(call(payload))).isEqualTo("SCALED_IN");
  }

  @Override
  ObjectNode ordinary() {
    return payload(at(3));
  }

  @Test
  void takesTheOldVersionAwayAndHandsItsBoundsOver() {
    JsonNode answer = call(ordinary());

    assertThat(action(answer)).isEqualTo("SCALED_IN");
    assertThat(reason(answer)).isEqualTo("backend-green is live, backend-blue is scaled in");
    assertThat(service("backend-blue").desiredCount()).isZero();
    assertThat(service("backend-blue").deployments()).hasSize(1);
    assertThat(service("backend-green").desiredCount()).isEqualTo(2);
    assertThat(bounds("backend-blue")).isEqualTo("0 to 6");
    assertThat(bounds("backend-green")).isEqualTo("2 to 6");
    assertThat(aws.s3().get("crossfade-state", "deployments/run-1/finishing.json")).isPresent();
    assertThat(desiredAtLast("backend-blue")).isZero();
    assertThat(desiredAtLast("backend-green")).isEqualTo(2);
  }

  /** Application Auto Scaling is as slow or as quick as it likes: it acts after every call. */
  @Test
  void nothingIsMovedOnTheWay() {
    List<String> seen = new CopyOnWriteArrayList<>();
    intercept(
        new CallInterceptor() {
          @Override
          public void after(Call call, Object response) {
            if (call.operation().matches("RegisterScalableTarget|UpdateService")) {
              aws.scaling().settle();
              seen.add(
                  "%d %d"
                      .formatted(
                          service("backend-blue").desiredCount(),
                          service("backend-green").desiredCount()));
            }
          }
        });
    call(ordinary());
    assertThat(seen).containsExactly("2 2", "2 2", "0 2", "0 2");
  }

  @Test
  void aNewVersionThatHasGrownKeepsItsTasks() {
    bounds("backend-green", 0, 8);
    awaitGreen(8);
    forgetCalls();

    JsonNode answer = call(ordinary());

    assertThat(reason(answer))
        .isEqualTo(
            "backend-green is live, backend-blue is scaled in;"
                + " its maximum is 8 now, as it has so many tasks");
    assertThat(bounds("backend-green")).isEqualTo("2 to 8");
    assertThat(desiredAtLast("backend-green")).isEqualTo(8);
  }

  @Test
  void aServiceThatIsGoneIsAnErrorByItsClassName() {
    ObjectNode payload = ordinary();
    ((ObjectNode) payload.at("/document/target/stable")).put("service", "backend-red");
    JsonNode error = fail(payload);
    assertThat(error.get("errorType").asText()).isEqualTo("io.crossfade.release.PermanentFailure");
    assertThat(error.get("errorMessage").asText())
        .isEqualTo("cluster site has no service backend-red");
    assertThat(changes()).containsExactly("s3:PutObject");
  }

  @Test
  void touchesNothingWithoutTheLock() {
    failsWithoutTheLock();
  }

  @Test
  void touchesNothingOnceSomebodyHasMovedTheTraffic() {
    weights(100, 0);
    forgetCalls();
    JsonNode error = fail(ordinary());
    assertThat(error.get("errorMessage").asText()).startsWith("someone else changed the rule");
    assertThat(changes()).isEmpty();
  }

  /** What stopping an execution does not stop: its function, while a restore takes the lock. */
  @Test
  void touchesNothingIfTheLockIsTakenWhileItLeavesItsMark() {
    CallInterceptor thief =
        new CallInterceptor() {
          @Override
          public void before(Call call) {
            if (call.operation().equals("PutObject")) {
              loseTheLock();
            }
          }
        };
    gateway.intercept(thief);
    JsonNode error = fail(ordinary());
    assertThat(error.get("errorMessage").asText()).contains("no longer holds the lock");
    assertThat(service("backend-blue").desiredCount()).isEqualTo(2);
    assertThat(changes()).containsExactly("s3:PutObject");
  }
}
