package io.crossfade.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.release.Sample;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

@QuarkusTest
@TestProfile(HandlersProfile.class)
class RegisterTaskDefinitionTest extends HandlerTest {
  RegisterTaskDefinitionTest() {
    super("register-task-definition");
  }

  @Override
  ObjectNode ordinary() {
    return payload(at(-1));
  }

  @Test
  void registersACloneWithTheNewImage() {
    JsonNode answer = call(ordinary());

    assertThat(action(answer)).isEqualTo("REGISTERED");
    String arn = answer.get("taskDefinition").asText();
    assertThat(arn).endsWith("task-definition/backend:2");
    TaskDefinition before = described(backend.definition());
    TaskDefinition after = described(arn);
    assertThat(after.containerDefinitions().get(0))
        .isEqualTo(before.containerDefinitions().get(0).toBuilder().image(Sample.IMAGE).build());
    assertThat(after.cpu()).isEqualTo("1024");
  }

  @Test
  void aRetryFindsWhatTheFirstTryRegistered() {
    String first = call(ordinary()).get("taskDefinition").asText();
    assertThat(call(ordinary()).get("taskDefinition").asText()).isEqualTo(first);
    assertThat(gateway.callCounts()).containsEntry("ecs:RegisterTaskDefinition", 1L);
  }

  @Test
  void aRevisionWithTheWordsOfACommandInAnotherOrderIsNotTheSame() {
    String running = revision("old:1", "serve", "--fast");
    revision(Sample.IMAGE, "--fast", "serve");
    ObjectNode payload = ordinary();
    ((ObjectNode) payload.at("/document/snapshot/stable")).put("taskDefinition", running);

    String arn = call(payload).get("taskDefinition").asText();

    assertThat(arn).endsWith("task-definition/backend:4");
    assertThat(described(arn).containerDefinitions().get(0).command())
        .containsExactly("serve", "--fast");
  }

  private String revision(String image, String... command) {
    ContainerDefinition app =
        ContainerDefinition.builder().name("app").image(image).command(command).build();
    return aws.ecs()
        .registerTaskDefinition(
            r -> r.family("backend").networkMode("awsvpc").containerDefinitions(app))
        .taskDefinition()
        .taskDefinitionArn();
  }

  /** As AWS has added {@code enableFaultInjection: false} to every answer in January 2025. */
  @Test
  void whatAwsHasBegunToAddIsNoDifference() {
    edit(
        "ecs:DescribeTaskDefinition",
        body ->
            body.contains("\"revision\":1")
                ? body.replace("\"enableFaultInjection\":false,", "")
                : body);
    JsonNode answer = call(ordinary());
    assertThat(answer.get("taskDefinition").asText()).endsWith("task-definition/backend:2");
  }

  @Test
  void aContainerThatIsNotThereIsAnErrorByItsClassName() {
    ObjectNode payload = ordinary();
    ((ObjectNode) payload.at("/document/release")).put("container", "sidecar");
    JsonNode error = fail(payload);
    assertThat(error.get("errorType").asText()).isEqualTo("io.crossfade.release.PermanentFailure");
    assertThat(error.get("errorMessage").asText())
        .isEqualTo("the task definition has no container \"sidecar\", only [app]");
    assertThat(changes()).isEmpty();
  }

  private TaskDefinition described(String arn) {
    return aws.ecs().describeTaskDefinition(r -> r.taskDefinition(arn)).taskDefinition();
  }

  @Test
  void touchesNothingWithoutTheLock() {
    failsWithoutTheLock();
  }
}
