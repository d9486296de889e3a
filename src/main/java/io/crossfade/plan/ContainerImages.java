package io.crossfade.plan;

import java.util.List;
import java.util.Map;

/** Images in a task definition. */
final class ContainerImages {
  private ContainerImages() {}

  static String of(Map<String, Object> definition, String container) {
    if (definition.get("containerDefinitions") instanceof List<?> list) {
      for (Object item : list) {
        if (item instanceof Map<?, ?> map && container.equals(map.get("name"))) {
          return String.valueOf(map.get("image"));
        }
      }
    }
    return "nothing";
  }
}
