package io.crossfade.fleet;

import io.crossfade.release.PermanentFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A task definition like the one that runs, with one container's image changed. */
public final class TaskDefinitionCopy {
  /**
   * What DescribeTaskDefinition answers and RegisterTaskDefinition does not take (ECS API
   * reference: the one's output less the other's input). Nothing else is left out.
   */
  public static final Set<String> OUTPUT_ONLY =
      Set.of(
          "compatibilities",
          "deleteRequestedAt",
          "deregisteredAt",
          "registeredAt",
          "registeredBy",
          "requiresAttributes",
          "revision",
          "status",
          "taskDefinitionArn");

  private TaskDefinitionCopy() {}

  /**
   * @param running the described task definition, its tags beside its fields
   * @param container whose image changes
   * @throws PermanentFailure if there is no such container
   */
  public static Map<String, Object> of(
      Map<String, Object> running, String container, String image) {
    Map<String, Object> clone = content(running);
    List<Object> containers = new ArrayList<>();
    boolean found = false;
    for (Map<?, ?> definition : containers(running)) {
      Map<Object, Object> copy = new LinkedHashMap<>(definition);
      if (container.equals(copy.get("name"))) {
        copy.put("image", image);
        found = true;
      }
      containers.add(copy);
    }
    if (!found) {
      throw new PermanentFailure(
          "the task definition has no container \"%s\", only %s"
              .formatted(container, names(running)));
    }
    clone.put("containerDefinitions", containers);
    return clone;
  }

  /** Without the output-only fields and the tags that AWS reserves for itself. */
  public static Map<String, Object> content(Map<String, Object> described) {
    Map<String, Object> content = new LinkedHashMap<>(described);
    content.keySet().removeAll(OUTPUT_ONLY);
    if (content.get("tags") instanceof List<?> tags) {
      List<?> own = tags.stream().filter(tag -> !reserved(tag)).toList();
      content.put("tags", own);
    }
    if (content.get("tags") instanceof List<?> tags && tags.isEmpty()) {
      content.remove("tags");
    }
    return content;
  }

  private static boolean reserved(Object tag) {
    return tag instanceof Map<?, ?> map && String.valueOf(map.get("key")).startsWith("aws:");
  }

  public static List<String> names(Map<String, Object> definition) {
    return containers(definition).stream().map(c -> String.valueOf(c.get("name"))).toList();
  }

  private static List<Map<?, ?>> containers(Map<String, Object> definition) {
    List<Map<?, ?>> containers = new ArrayList<>();
    if (definition.get("containerDefinitions") instanceof List<?> list) {
      list.forEach(item -> containers.add((Map<?, ?>) item));
    }
    return containers;
  }
}
