package io.crossfade.drill;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the release of a drill has as its {@code imageDetail.json}. */
final class DrillInput {
  private DrillInput() {}

  static Map<String, Object> of(DrillOptions options, DrillTarget target) {
    return of(options, target.cluster(), target.ruleArn(), target.image(), target.alarm());
  }

  static Map<String, Object> of(
      DrillOptions options, String cluster, String rule, String image, Optional<String> alarm) {
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("imageUri", image);
    input.put("BASE_SERVICE_NAME", options.service());
    input.put("rule_arn", rule);
    input.put("cluster", cluster);
    input.put(
        "steps",
        options.scenario().weights().stream()
            .map(weight -> Map.of("weight", weight, "bakeSeconds", options.bakeSeconds()))
            .toList());
    alarm.ifPresent(name -> input.put("alarms", List.of(name)));
    input.put("approval", Map.of("timeoutSeconds", options.timeoutSeconds()));
    input.put("author", "drill " + options.scenario().label());
    return input;
  }
}
