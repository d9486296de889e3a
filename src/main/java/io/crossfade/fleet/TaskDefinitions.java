package io.crossfade.fleet;

import java.util.Map;
import java.util.Optional;

/** ECS task definitions as AWS's own JSON documents; their tags stand in the field {@code tags}. */
public interface TaskDefinitions {
  /** By full revision ARN. */
  Map<String, Object> read(String arn);

  /** The latest active revision of a family. */
  Optional<Map<String, Object>> latest(String family);

  /** Registers a new revision and returns its full ARN. */
  String register(Map<String, Object> definition);
}
