package io.crossfade.localaws.secrets;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One secret: its versions, and which of them carries which staging label. A new version takes
 * AWSCURRENT and leaves AWSPREVIOUS to the one before it, unless it is given labels of its own
 * (https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html).
 */
final class Secret {
  static final String CURRENT = "AWSCURRENT";
  private static final String PREVIOUS = "AWSPREVIOUS";

  private final String name;
  private final String arn;
  private final String description;
  private final Instant created;
  private final Map<String, SecretVersion> versions = new LinkedHashMap<>();
  private final Map<String, String> labels = new LinkedHashMap<>();

  Secret(String name, String arn, String description, Instant created) {
    this.name = name;
    this.arn = arn;
    this.description = description;
    this.created = created;
  }

  String name() {
    return name;
  }

  String arn() {
    return arn;
  }

  String description() {
    return description;
  }

  Instant created() {
    return created;
  }

  void put(SecretVersion version, List<String> stages) {
    versions.put(version.id(), version);
    stages.forEach(stage -> label(stage, version.id()));
  }

  private void label(String stage, String versionId) {
    String before = labels.put(stage, versionId);
    if (stage.equals(CURRENT) && before != null && !before.equals(versionId)) {
      labels.put(PREVIOUS, before);
    }
  }

  Optional<SecretVersion> version(String id) {
    return Optional.ofNullable(versions.get(id));
  }

  Optional<SecretVersion> labelled(String stage) {
    return Optional.ofNullable(labels.get(stage)).map(versions::get);
  }

  List<String> stages(String versionId) {
    List<String> stages = new ArrayList<>();
    labels.forEach(
        (stage, id) -> {
          if (id.equals(versionId)) {
            stages.add(stage);
          }
        });
    return stages;
  }

  /** Versions without a label are deprecated and are not listed. */
  Map<String, List<String>> stagesOfVersions() {
    Map<String, List<String>> stages = new LinkedHashMap<>();
    versions.keySet().stream()
        .filter(id -> labels.containsValue(id))
        .forEach(id -> stages.put(id, stages(id)));
    return stages;
  }

  Optional<Instant> changed() {
    return versions.values().stream().map(SecretVersion::created).reduce((one, next) -> next);
  }
}
