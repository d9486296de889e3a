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

    assertThat(TaskDefinitionComparison.differences(wanted, TaskDefinitionCopy.content(registered)))
        .isEmpty();
    assertThat(
            TaskDefinitionComparison.differences(
                TaskDefinitionCopy.content(running), TaskDefinitionCopy.content(registered)))
        .containsExactly("containerDefinitions");
    assertThat(
            TaskDefinitionComparison.differences(
                wanted, TaskDefinitionCopy.of(running, "app", "app:3")))
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
            assertThat(
                    TaskDefinitionComparison.differences(
                        only(field, value), only(field, read.get(field))))
                .isEmpty();
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
        .hasMessage(
            "AWS describes taskDefinition.quantumMode, which this version does not know;"
                + " it would be lost");
    assertThat(account.calls("ecs:RegisterTaskDefinition")).isZero();
  }

  /** ECS knows such a volume since 2026, and this SDK does not. */
  @Test
  void aFieldThatTheSdkDoesNotKnowIsReadAndTold() throws IOException {
    String arn = definitions.register(TaskDefinitionCopy.content(fixture()));
    account.edit(
        "ecs:DescribeTaskDefinition",
        json ->
            json.replace(
                "{\"name\":\"menu\"",
                "{\"s3filesVolumeConfiguration\":{\"fileSystemArn\":\"fs\"},\"name\":\"menu\""));

    Map<String, Object> read = definitions.read(arn);

    assertThat(definitions.unknownFields(read))
        .containsExactly("taskDefinition.volumes[0].s3filesVolumeConfiguration");
    assertThatThrownBy(() -> definitions.register(TaskDefinitionCopy.of(read, "app", "app:2")))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("taskDefinition.volumes[0].s3filesVolumeConfiguration");
    assertThat(account.calls("ecs:RegisterTaskDefinition")).isEqualTo(1);
  }

  @Test
  void aFieldThatTheSdkDoesNotKnowIsToldWhereverItIs() {
    String arn = definitions.register(SMALL);
    account.edit(
        "ecs:DescribeTaskDefinition",
        json ->
            json.replace("\"family\":", "\"quantumMode\":\"on\",\"family\":")
                .replace("\"image\":", "\"gpuShare\":{\"of\":2},\"image\":")
                .replace("\"key\":", "\"scope\":\"all\",\"key\":"));
    assertThat(definitions.unknownFields(definitions.read(arn)))
        .containsExactlyInAnyOrder(
            "taskDefinition.quantumMode",
            "taskDefinition.containerDefinitions[0].gpuShare",
            "taskDefinition.tags[0].scope");
  }

  @Test
  void whatIsNotCopiedOrSaysNothingMayBeUnknown() {
    String arn = definitions.register(SMALL);
    account.edit(
        "ecs:DescribeTaskDefinition",
        json ->
            json.replace("\"family\":", "\"quantumMode\":false,\"family\":")
                .replace("\"image\":", "\"gpuShare\":null,\"more\":[],\"image\":")
                .replace("\"status\":", "\"deleteRequestedAt\":1,\"status\":")
                .replace("{\"taskDefinition\":", "{\"warnings\":[\"x\"],\"taskDefinition\":"));
    Map<String, Object> read = definitions.read(arn);
    assertThat(definitions.unknownFields(read)).isEmpty();
    assertThat(definitions.register(TaskDefinitionCopy.of(read, "app", "app:2")))
        .isEqualTo(FAMILY + "small:2");
  }

  /** As AWS does since January 2025. */
  @Test
  void whatAwsAddsToACopyIsNoDifference() {
    String arn = definitions.register(SMALL);
    Map<String, Object> read = TaskDefinitionCopy.content(definitions.read(arn));
    assertThat(read).containsEntry("enableFaultInjection", false);
    assertThat(TaskDefinitionComparison.differences(SMALL, read))
        .containsExactly("containerDefinitions"); // cpu 0, essential true
  }

  @Test
  void throttlingThatDoesNotEndIsNotMistakenForAnEmptyFamily() {
    definitions.register(SMALL);
    account.refuse("ecs:DescribeTaskDefinition", 100, "ThrottlingException");
    assertThatThrownBy(() -> definitions.latest("small")).isInstanceOf(TransientFailure.class);
  }

  private static Map<String, Object> only(String field, Object value) {
    Map<String, Object> only = new LinkedHashMap<>();
    only.put(field, value);
    return only;
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
