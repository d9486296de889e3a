package io.crossfade.handlers;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.localaws.Stack;
import io.crossfade.localaws.template.FunctionResource;
import io.crossfade.localaws.template.ResolvedTemplate;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** What the template's schedules send asks for nothing, and is no error. */
@QuarkusTest
@TestProfile(HandlersProfile.class)
class ScheduleTest {

  @ConfigProperty(name = HandlersProfile.PORT)
  int functionPort;

  private static List<String> scheduled() {
    ResolvedTemplate template = Stack.template("site");
    return template.functions().stream()
        .filter(
            function ->
                template
                    .resource(function.logicalId())
                    .at("/Properties/Events")
                    .findValuesAsText("Type")
                    .contains("Schedule"))
        .map(FunctionResource::environment)
        .map(environment -> environment.get("QUARKUS_LAMBDA_HANDLER"))
        .toList();
  }

  @Test
  void anEmptyEventDoesNothing() {
    assertThat(scheduled())
        .isNotEmpty()
        .allSatisfy(
            handler -> {
              SelectedHandler.select(handler);
              int status =
                  given()
                      .baseUri("http://127.0.0.1")
                      .port(functionPort)
                      .contentType("application/json")
                      .body("{}")
                      .post("/")
                      .statusCode();
              assertThat(status).isIn(200, 204);
            });
  }
}
