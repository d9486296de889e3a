package io.crossfade.localaws.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.localaws.sdk.SdkMembers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.*;

class TaskDefinitionsTest {
  private final EcsBench shop = new EcsBench(60);
  private final LocalEcs ecs = shop.ecs;

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void registeringNumbersTheRevisionsOfAFamily() {
    assertThat(shop.define("api:1"))
        .isEqualTo("arn:aws:ecs:eu-central-1:123456789012:task-definition/api:1");
    assertThat(shop.define("api:1")).endsWith("task-definition/api:2");
  }

  @Test
  void theAnswerHasWhatOnlyAwsFillsIn() {
    String arn = shop.define("api:1");
    TaskDefinition found = described(arn).taskDefinition();
    assertThat(SdkMembers.given(found))
        .contains(
            "taskDefinitionArn",
            "revision",
            "status",
            "compatibilities",
            "requiresAttributes",
            "registeredAt",
            "registeredBy");
    assertThat(found.containerDefinitions().get(0).essential()).isTrue();
  }

  @Test
  void registeringWhatWasDescribedChangesNothing() {
    TaskDefinition first = described(shop.define("api:1")).taskDefinition();
    TaskDefinition second =
        ecs.registerTaskDefinition(
                SdkMembers.copy(first, RegisterTaskDefinitionRequest.builder()).build())
            .taskDefinition();
    assertThat(second.containerDefinitions()).isEqualTo(first.containerDefinitions());
    assertThat(second.revision()).isEqualTo(2);
  }

  @Test
  void aBareFamilyIsItsLatestActiveRevision() {
    String first = shop.define("api:1");
    String second = shop.define("api:2");
    assertThat(described("api").taskDefinition().taskDefinitionArn()).isEqualTo(second);
    ecs.deregisterTaskDefinition(r -> r.taskDefinition(second));
    assertThat(described("api").taskDefinition().taskDefinitionArn()).isEqualTo(first);
    assertThat(described("api:2").taskDefinition().status())
        .isEqualTo(TaskDefinitionStatus.INACTIVE);
    assertThat(ecs.listTaskDefinitions(r -> r.familyPrefix("api")).taskDefinitionArns())
        .containsExactly(first);
  }

  @Test
  void tagsComeOnlyWhenAskedForAndMustNotBeAwsOwn() {
    Tag tag = Tag.builder().key("team").value("booking").build();
    ContainerDefinition container =
        ContainerDefinition.builder().name("api").image("api:1").build();
    ecs.registerTaskDefinition(r -> r.family("api").containerDefinitions(container).tags(tag));
    assertThat(described("api").tags()).isEmpty();
    assertThat(
            ecs.describeTaskDefinition(
                    r -> r.taskDefinition("api").include(TaskDefinitionField.TAGS))
                .tags())
        .containsExactly(tag);
    Tag reserved = Tag.builder().key("aws:cloudformation:stack-name").value("s").build();
    assertThatThrownBy(
            () ->
                ecs.registerTaskDefinition(
                    r -> r.family("api").containerDefinitions(container).tags(reserved)))
        .isInstanceOf(InvalidParameterException.class);
  }

  @Test
  void anUnknownRevisionIsAClientException() {
    assertThatThrownBy(() -> described("api:7"))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("Unable to describe task definition.");
  }

  private DescribeTaskDefinitionResponse described(String name) {
    return ecs.describeTaskDefinition(r -> r.taskDefinition(name));
  }
}
