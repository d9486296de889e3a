package io.crossfade.fleet;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** ECS task definitions as AWS's own JSON documents; their tags stand in the field {@code tags}. */
public interface TaskDefinitions {
  /** By full revision ARN. */
  Map<String, Object> read(String arn);

  /** The latest active revision of a family. */
  Optional<Map<String, Object>> latest(String family);

  /** Paths of what a copy of it would lose, because this version cannot send it. */
  List<String> unknownFields(Map<String, Object> definition);

  /**
   * Registers a new revision and returns its full ARN.
   *
   * @throws io.crossfade.release.PermanentFailure if it has a field that this version cannot send
   */
  String register(Map<String, Object> definition);
}
