package io.crossfade.fleet;

import io.crossfade.aws.Adapter;
import io.crossfade.aws.AwsCalls;
import io.crossfade.aws.SdkDocuments;
import io.crossfade.release.PermanentFailure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;

/** Task definitions by the ECS API. */
@Adapter
public class EcsTaskDefinitions implements TaskDefinitions {
  private final EcsClient ecs;

  public EcsTaskDefinitions(EcsClient ecs) {
    this.ecs = ecs;
  }

  @Override
  public Map<String, Object> read(String arn) {
    return described(arn);
  }

  @Override
  public Optional<Map<String, Object>> latest(String family) {
    try {
      return Optional.of(described(family));
    } catch (PermanentFailure refused) {
      if (refused.getCause() instanceof ClientException) {
        return Optional.empty(); // how ECS says that a family has no active revision
      }
      throw refused;
    }
  }

  /** Tags stand beside the task definition in AWS's answer, and come only when asked for. */
  private Map<String, Object> described(String name) {
    DescribeTaskDefinitionResponse answer =
        AwsCalls.call(
            () ->
                ecs.describeTaskDefinition(
                    r -> r.taskDefinition(name).include(TaskDefinitionField.TAGS)));
    Map<String, Object> definition = new LinkedHashMap<>(SdkDocuments.of(answer.taskDefinition()));
    if (answer.hasTags() && !answer.tags().isEmpty()) {
      definition.put("tags", answer.tags().stream().map(SdkDocuments::of).toList());
    }
    return definition;
  }

  @Override
  public String register(Map<String, Object> definition) {
    RegisterTaskDefinitionRequest request =
        SdkDocuments.fill(RegisterTaskDefinitionRequest.builder(), definition).build();
    return AwsCalls.call(() -> ecs.registerTaskDefinition(request))
        .taskDefinition()
        .taskDefinitionArn();
  }
}
