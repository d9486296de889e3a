package io.crossfade.infrastructure;

import io.crossfade.localaws.template.TemplateYaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A template as it stands in its file: maps, lists and texts, short tags in their long forms. */
record StackTemplate(String file, Map<String, Object> root) {
  private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{([^!}][^}]*)}");

  /** A place that names something else: {@code Ref}, {@code GetAtt} or {@code Condition}. */
  record Reference(String where, String kind, String name) {}

  static StackTemplate load(String file) {
    try {
      return new StackTemplate(file, map(TemplateYaml.load(Files.readString(Path.of(file)))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Map<String, Object> section(String name) {
    return map(root.getOrDefault(name, Map.of()));
  }

  Map<String, Object> parameter(String name) {
    return map(section("Parameters").getOrDefault(name, Map.of()));
  }

  /** The properties of one resource. */
  Map<String, Object> properties(String logicalId) {
    return map(map(section("Resources").get(logicalId)).get("Properties"));
  }

  List<String> resourcesOfType(String type) {
    return section("Resources").entrySet().stream()
        .filter(entry -> type.equals(map(entry.getValue()).get("Type")))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** What the resources, conditions and outputs name. */
  List<Reference> references() {
    List<Reference> found = new ArrayList<>();
    for (String section : List.of("Conditions", "Resources", "Outputs")) {
      walk(section, section(section), (where, node) -> collect(where, node, found));
    }
    return found;
  }

  private static void collect(String where, Map<String, Object> node, List<Reference> found) {
    if (node.get("Ref") instanceof String name) {
      found.add(new Reference(where, "Ref", name));
    }
    if (node.get("Fn::GetAtt") instanceof List<?> parts) {
      found.add(new Reference(where, "GetAtt", String.valueOf(parts.get(0))));
    }
    if (node.get("Fn::If") instanceof List<?> parts) {
      found.add(new Reference(where, "Condition", String.valueOf(parts.get(0))));
    }
    boolean conditional = where.split("\\.").length == 2 && !where.startsWith("Conditions");
    if (conditional && node.get("Condition") instanceof String name) {
      found.add(new Reference(where, "Condition", name));
    }
    if (node.containsKey("Fn::Sub")) {
      substitutions(node.get("Fn::Sub"))
          .forEach(
              name ->
                  found.add(
                      new Reference(
                          where, name.contains(".") ? "GetAtt" : "Ref", name.split("\\.")[0])));
    }
    if (node.containsKey("DependsOn")) {
      Object names = node.get("DependsOn");
      (names instanceof List<?> list ? list : List.of(names))
          .forEach(name -> found.add(new Reference(where, "GetAtt", String.valueOf(name))));
    }
  }

  /** The names in a {@code Fn::Sub} that it does not bring along itself. */
  static Set<String> substitutions(Object sub) {
    Map<?, ?> own = sub instanceof List<?> pair ? map(pair.get(1)) : Map.of();
    String text = String.valueOf(sub instanceof List<?> pair ? pair.get(0) : sub);
    Set<String> names = new LinkedHashSet<>();
    Matcher matcher = SUBSTITUTION.matcher(text);
    while (matcher.find()) {
      if (!own.containsKey(matcher.group(1))) {
        names.add(matcher.group(1));
      }
    }
    return names;
  }

  /** What is imported, as it is written: {@code ${SiteStack}-TopicArn}. */
  Set<String> imports() {
    Set<String> found = new LinkedHashSet<>();
    walk(
        "",
        root,
        (where, node) -> {
          if (node.containsKey("Fn::ImportValue")) {
            found.add(String.valueOf(map(node.get("Fn::ImportValue")).get("Fn::Sub")));
          }
        });
    return found;
  }

  /** What is exported, as it is written: {@code ${AWS::StackName}-TopicArn}. */
  Set<String> exports() {
    Set<String> found = new LinkedHashSet<>();
    section("Outputs")
        .values()
        .forEach(
            output -> {
              if (map(output).containsKey("Export")) {
                found.add(
                    String.valueOf(map(map(map(output).get("Export")).get("Name")).get("Fn::Sub")));
              }
            });
    return found;
  }

  /** Every object of a tree, with where it stands. */
  static void walk(String where, Object node, BiConsumer<String, Map<String, Object>> visit) {
    if (node instanceof Map<?, ?>) {
      visit.accept(where, map(node));
      map(node).forEach((key, value) -> walk(where + "." + key, value, visit));
    } else if (node instanceof List<?> list) {
      list.forEach(item -> walk(where, item, visit));
    }
  }

  static Map<String, Object> map(Object node) {
    if (!(node instanceof Map<?, ?> entries)) {
      throw new AssertionError("not an object: " + node);
    }
    Map<String, Object> map = new LinkedHashMap<>();
    entries.forEach((key, value) -> map.put(String.valueOf(key), value));
    return map;
  }

  static List<Map<String, Object>> maps(Object node) {
    return ((List<?>) node).stream().map(StackTemplate::map).toList();
  }
}
