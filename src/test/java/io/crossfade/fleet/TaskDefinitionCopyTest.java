package io.crossfade.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.aws.SdkDocuments;
import io.crossfade.release.PermanentFailure;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

class TaskDefinitionCopyTest {
  private Map<String, Object> running;

  @BeforeEach
  void readATaskDefinitionWithEverythingInIt() throws Exception {
    try (InputStream file =
        TaskDefinitionCopyTest.class.getResourceAsStream("/task-definition.json")) {
      running = new ObjectMapper().readValue(file, new TypeReference<Map<String, Object>>() {});
    }
  }

  @Test
  void exactlyTheFieldsThatAwsAnswersAndDoesNotTakeAreStripped() {
    Set<String> answered = names(TaskDefinition.builder().build().sdkFields());
    answered.removeAll(names(RegisterTaskDefinitionRequest.builder().build().sdkFields()));
    answered.add("deleteRequestedAt"); // answered by AWS, not yet known to this SDK
    assertThat(TaskDefinitionCopy.OUTPUT_ONLY)
        .containsExactlyInAnyOrderElementsOf(answered)
        .hasSize(9);
  }

  @Test
  void onlyTheImageChanges() {
    Map<String, Object> clone = TaskDefinitionCopy.of(running, "app", "new:2");
    assertThat(TaskDefinitionComparison.differences(TaskDefinitionCopy.content(running), clone))
        .containsExactly("containerDefinitions");
    assertThat(containers(clone).get(0)).containsEntry("image", "new:2");
    assertThat(containers(clone).get(1)).isEqualTo(containers(running).get(1));
    Map<String, Object> back = TaskDefinitionCopy.of(clone, "app", "123.dkr.ecr/backend:1");
    assertThat(TaskDefinitionComparison.differences(TaskDefinitionCopy.content(running), back))
        .isEmpty();
  }

  @Test
  void whatWasFilledInGoesToAwsWhole() {
    Map<String, Object> clone = TaskDefinitionCopy.of(running, "app", "new:2");
    var request = SdkDocuments.fill(RegisterTaskDefinitionRequest.builder(), clone, "t").build();
    assertThat(SdkDocuments.of(request, new ObjectMapper().valueToTree(clone))).isEqualTo(clone);
    assertThat(request.executionRoleArn()).isEqualTo("arn:aws:iam::123456789012:role/execution");
    assertThat(request.containerDefinitions().get(0).secrets().get(0).name()).isEqualTo("DB");
    assertThat(request.ephemeralStorage().sizeInGiB()).isEqualTo(30);
  }

  @Test
  void tagsGoAlongExceptThoseThatAwsReserves() {
    assertThat(TaskDefinitionCopy.of(running, "app", "new:2").get("tags"))
        .isEqualTo(List.of(Map.of("key", "team", "value", "bookings")));
  }

  @Test
  void aDefinitionWithOnlyReservedTagsIsSentWithoutTags() {
    running.put("tags", List.of(Map.of("key", "aws:cloudformation:stack-name", "value", "x")));
    assertThat(TaskDefinitionCopy.of(running, "app", "new:2")).doesNotContainKey("tags");
  }

  @Test
  void aContainerThatIsNotThereIsAnError() {
    assertThatThrownBy(() -> TaskDefinitionCopy.of(running, "web", "new:2"))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("\"web\"")
        .hasMessageContaining("[app, log-router]");
  }

  @Test
  void aFieldThatTheSdkDoesNotKnowIsAnErrorAndNotLost() {
    running.put("quantumMode", true);
    Map<String, Object> clone = TaskDefinitionCopy.of(running, "app", "new:2");
    assertThatThrownBy(() -> SdkDocuments.fill(RegisterTaskDefinitionRequest.builder(), clone, "t"))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("quantumMode");
  }

  private static Set<String> names(List<SdkField<?>> fields) {
    return fields.stream()
        .map(SdkField::locationName)
        .collect(Collectors.toCollection(HashSet::new));
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> containers(Map<String, Object> definition) {
    return (List<Map<String, Object>>) definition.get("containerDefinitions");
  }
}
