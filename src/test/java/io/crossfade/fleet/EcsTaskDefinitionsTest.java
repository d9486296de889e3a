package io.crossfade.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.localaws.Account;
import io.crossfade.release.PermanentFailure;
import io.crossfade.release.TransientFailure;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.EcsClient;

class EcsTaskDefinitionsTest {
  private static final String FAMILY = "arn:aws:ecs:eu-central-1:123456789012:task-definition/";
  private static final Map<String, Object> SMALL =
      Map.of(
          "family",
          "small",
          "networkMode",
          "awsvpc",
          "containerDefinitions",
          List.of(Map.of("name", "app", "image", "app:1")),
          "tags",
          List.of(Map.of("key", "team", "value", "bookings")));

  private final Account account = new Account();
  private final TaskDefinitions definitions =
      new EcsTaskDefinitions(account.client(EcsClient.builder()));

  @AfterEach
  void close() {
    account.close();
  }

  @Test
  void registersReadsAndKeepsTags() {
    String arn = definitions.register(SMALL);

    assertThat(arn).isEqualTo(FAMILY + "small:1");
    assertThat(definitions.read(arn))
        .containsEntry("taskDefinitionArn", arn)
        .containsEntry("family", "small")
        .containsEntry("tags", List.of(Map.of("key", "team", "value", "bookings")));
  }

  @Test
  void withoutTagsThereIsNoSuchField() {
    Map<String, Object> untagged = new LinkedHashMap<>(SMALL);
    untagged.remove("tags");
    assertThat(definitions.read(definitions.register(untagged))).doesNotContainKey("tags");
  }

  @Test
  void theCloneOfWhatRunsDiffersInNothingButTheImage() throws IOException {
    Map<String, Object> running =
        definitions.read(definitions.register(TaskDefinitionCopy.content(fixture())));
    Map<String, Object> wanted = TaskDefinitionCopy.of(running, "app", "app:2");

    Map<String, Object> registered = definitions.read(definitions.register(wanted));

    assertThat(TaskDefinitionCopy.differences(wanted, TaskDefinitionCopy.content(registered)))
        .isEmpty();
    assertThat(
            TaskDefinitionCopy.differences(
                TaskDefinitionCopy.content(running), TaskDefinitionCopy.content(registered)))
        .containsExactly("containerDefinitions");
    assertThat(
            TaskDefinitionCopy.differences(wanted, TaskDefinitionCopy.of(running, "app", "app:3")))
        .isNotEmpty();
    assertThat(registered).containsEntry("taskDefinitionArn", FAMILY + "backend:2");
  }

  @Test
  void nothingOfTheFixtureIsLostOnTheWire() throws IOException {
    Map<String, Object> sent = TaskDefinitionCopy.of(fixture(), "app", "app:2");

    Map<String, Object> read =
        TaskDefinitionCopy.content(definitions.read(definitions.register(sent)));

    sent.forEach(
        (field, value) -> {
          if (!field.equals("containerDefinitions")) {
            assertThat(UnorderedJson.of(read.get(field)))
                .as(field)
                .isEqualTo(UnorderedJson.of(value));
          }
        });
    assertThat(container(read, 0)).containsAllEntriesOf(container(sent, 0));
    assertThat(container(read, 1)).containsAllEntriesOf(container(sent, 1));
  }

  @Test
  void theLatestIsTheNewestThatIsActive() {
    definitions.register(SMALL);
    String second = definitions.register(SMALL);
    String third = definitions.register(SMALL);
    account.aws().ecs().deregisterTaskDefinition(r -> r.taskDefinition(third));

    assertThat(definitions.latest("small"))
        .hasValueSatisfying(
            latest ->
                assertThat(latest).containsEntry("taskDefinitionArn", second).containsKey("tags"));
  }

  @Test
  void aFamilyWithoutRevisionsHasNoLatest() {
    assertThat(definitions.latest("nobody")).isEmpty();
  }

  @Test
  void aRevisionThatIsMissingIsPermanent() {
    assertThatThrownBy(() -> definitions.read(FAMILY + "small:1"))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("Unable to describe task definition");
  }

  @Test
  void aFieldThatTheSdkDoesNotKnowIsNotSent() {
    Map<String, Object> newer = new LinkedHashMap<>(SMALL);
    newer.put("quantumMode", "on");
    assertThatThrownBy(() -> definitions.register(newer))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("\"quantumMode\"");
    assertThat(account.calls("ecs:RegisterTaskDefinition")).isZero();
  }

  @Test
  void throttlingThatDoesNotEndIsNotMistakenForAnEmptyFamily() {
    definitions.register(SMALL);
    account.refuse("ecs:DescribeTaskDefinition", 100, "ThrottlingException");
    assertThatThrownBy(() -> definitions.latest("small")).isInstanceOf(TransientFailure.class);
  }

  private static Map<String, Object> fixture() throws IOException {
    try (InputStream json =
        EcsTaskDefinitionsTest.class.getResourceAsStream("/task-definition.json")) {
      return new ObjectMapper().readValue(json, new TypeReference<Map<String, Object>>() {});
    }
  }

  private static Map<Object, Object> container(Map<String, Object> definition, int index) {
    List<?> containers = (List<?>) definition.get("containerDefinitions");
    Map<Object, Object> container = new LinkedHashMap<>((Map<?, ?>) containers.get(index));
    return container;
  }
}
