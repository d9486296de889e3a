package io.crossfade.fleet;

import io.crossfade.release.JsonValue;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares a task definition that was sent with the one that AWS answers. */
final class TaskDefinitionComparison {
  /**
   * Lists that ECS may answer in another order, because each item has a name or a value of its own
   * (ECS API reference, RegisterTaskDefinition). In all others the order has a meaning: a command
   * is read from its start, and of two environment files the first one wins.
   */
  private static final Set<String> SETS =
      Set.of(
          "containerDefinitions",
          "environment",
          "secrets",
          "secretOptions",
          "portMappings",
          "mountPoints",
          "dependsOn",
          "ulimits",
          "systemControls",
          "resourceRequirements",
          "volumes",
          "placementConstraints",
          "requiresCompatibilities",
          "inferenceAccelerators",
          "properties",
          "tags",
          "add",
          "drop",
          "devices",
          "permissions",
          "tmpfs",
          "ignoredExitCodes");

  private TaskDefinitionComparison() {}

  /**
   * The fields that did not come back as they were sent. What came back beside them is a
   * difference, too, unless it is false, null or empty: AWS adds fields when it learns something.
   */
  static Set<String> differences(Map<String, Object> sent, Map<String, Object> answered) {
    Set<String> fields = new TreeSet<>(sent.keySet());
    fields.addAll(answered.keySet());
    fields.removeIf(field -> same(field, sent.get(field), answered.get(field)));
    return fields;
  }

  private static boolean same(String field, Object sent, Object answered) {
    if (absent(sent)) {
      return JsonValue.isEmpty(answered);
    }
    if (sent instanceof Map<?, ?> from && answered instanceof Map<?, ?> to) {
      Set<Object> names = new TreeSet<>(from.keySet());
      names.addAll(to.keySet());
      return names.stream()
          .allMatch(name -> same(String.valueOf(name), from.get(name), to.get(name)));
    }
    if (sent instanceof List<?> from && answered instanceof List<?> to) {
      return from.size() == to.size() && sameItems(field, inOrder(field, from), inOrder(field, to));
    }
    return String.valueOf(sent).equals(String.valueOf(answered));
  }

  private static boolean absent(Object sent) {
    return sent == null
        || sent instanceof Collection<?> list && list.isEmpty()
        || sent instanceof Map<?, ?> map && map.isEmpty();
  }

  private static boolean sameItems(String field, List<?> sent, List<?> answered) {
    for (int i = 0; i < sent.size(); i++) {
      if (!same(field, sent.get(i), answered.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Items of one name keep their order: of two variables called the same the last one counts. */
  private static List<?> inOrder(String field, List<?> list) {
    return SETS.contains(field)
        ? list.stream().sorted(Comparator.comparing(TaskDefinitionComparison::key)).toList()
        : list;
  }

  private static String key(Object item) {
    if (!(item instanceof Map<?, ?> map)) {
      return String.valueOf(item);
    }
    Map<String, Object> filled = new TreeMap<>();
    map.forEach(
        (name, value) -> {
          if (!JsonValue.isEmpty(value)) {
            filled.put(String.valueOf(name), value);
          }
        });
    return String.valueOf(filled.getOrDefault("name", filled));
  }
}
