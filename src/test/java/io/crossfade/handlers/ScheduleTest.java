package io.crossfade.handlers;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.localaws.Stack;
import io.crossfade.localaws.template.EventSchedule;
import io.crossfade.localaws.template.FunctionResource;
import io.crossfade.localaws.wire.Gateway;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** What the schedules send keeps a function running, and asks for nothing. */
@QuarkusTest
@TestProfile(HandlersProfile.class)
class ScheduleTest {
  Gateway gateway;

  @ConfigProperty(name = HandlersProfile.PORT)
  int functionPort;

  @Test
  void whatKeepsAFunctionRunningAsksForNothing() {
    gateway.reset();
    List<String> called = new ArrayList<>();
    for (FunctionResource function : Stack.template("site").functions()) {
      String handler = function.environment().get("QUARKUS_LAMBDA_HANDLER");
      for (var event : function.events()) {
        if (event instanceof EventSchedule schedule) {
          SelectedHandler.select(handler);
          assertThat(status(schedule.input())).as(handler).isIn(200, 204);
          called.add(handler);
        }
      }
    }
    assertThat(called)
        .containsExactlyInAnyOrder(
            "rollback",
            "begin-restore",
            "guardian",
            "alarm-guard",
            "slack-callback",
            "check-alarms");
    assertThat(gateway.callCounts()).isEmpty();
  }

  private int status(String payload) {
    return given()
        .baseUri("http://127.0.0.1")
        .port(functionPort)
        .contentType("application/json")
        .body(payload)
        .post("/")
        .statusCode();
  }
}
