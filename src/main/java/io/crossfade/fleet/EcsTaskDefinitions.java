package io.crossfade.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.aws.Adapter;
import io.crossfade.aws.AwsCalls;
import io.crossfade.aws.RawAnswer;
import io.crossfade.aws.SdkDocuments;
import io.crossfade.release.PermanentFailure;
import java.util.List;
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
  private static final String DOCUMENT = "taskDefinition";

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
    RawAnswer raw = new RawAnswer();
    DescribeTaskDefinitionResponse answer =
        AwsCalls.call(
            () ->
                ecs.describeTaskDefinition(
                    r ->
                        r.taskDefinition(name)
                            .include(TaskDefinitionField.TAGS)
                            .overrideConfiguration(raw::keep)));
    JsonNode sent = raw.json();
    Map<String, Object> definition = SdkDocuments.of(answer.taskDefinition(), sent.path(DOCUMENT));
    if (!answer.tags().isEmpty()) {
      definition.put("tags", SdkDocuments.of(answer.tags(), sent.path("tags")));
    }
    return definition;
  }

  @Override
  public List<String> unknownFields(Map<String, Object> definition) {
    return SdkDocuments.unknown(
        RegisterTaskDefinitionRequest.builder(), TaskDefinitionCopy.content(definition), DOCUMENT);
  }

  @Override
  public String register(Map<String, Object> definition) {
    RegisterTaskDefinitionRequest request =
        SdkDocuments.fill(RegisterTaskDefinitionRequest.builder(), definition, DOCUMENT).build();
    return AwsCalls.call(() -> ecs.registerTaskDefinition(request))
        .taskDefinition()
        .taskDefinitionArn();
  }
}
