package io.crossfade.localaws.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A SAM template as it stands in its file, with the short forms of its functions written out. */
public final class Template {
  private final Path file;
  private final Map<String, Object> document;

  private Template(Path file, Map<String, Object> document) {
    this.file = file;
    this.document = document;
  }

  public static Template load(Path file) {
    try {
      Yaml yaml = new Yaml(new Tags());
      Map<String, Object> document = yaml.load(Files.readString(file));
      return new Template(file, document);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + file, unreadable);
    }
  }

  /** {@code !Ref x} is {@code {"Ref": x}}, {@code !Sub x} is {@code {"Fn::Sub": x}}, and so on. */
  private static final class Tags extends SafeConstructor {
    Tags() {
      super(new LoaderOptions());
      yamlMultiConstructors.put(
          "!",
          new AbstractConstruct() {
            @Override
            public Object construct(Node node) {
              String name = node.getTag().getValue().substring(1);
              String function =
                  name.equals("Ref") || name.equals("Condition") ? name : "Fn::" + name;
              return new LinkedHashMap<>(Map.of(function, value(node)));
            }
          });
    }

    private Object value(Node node) {
      if (node instanceof ScalarNode scalar) {
        return constructScalar(scalar);
      }
      return node instanceof SequenceNode sequence
          ? constructSequence(sequence)
          : constructMapping((MappingNode) node);
    }
  }

  Path folder() {
    return file.toAbsolutePath().getParent();
  }

  Map<String, Object> section(String name) {
    Map<String, Object> section = new LinkedHashMap<>();
    if (document.get(name) instanceof Map<?, ?> map) {
      map.forEach((key, value) -> section.put((String) key, value));
    }
    return section;
  }

  /**
   * Resolves the template as a deployment would.
   *
   * @throws IllegalArgumentException for a parameter that is unknown, missing or not allowed
   */
  public ResolvedTemplate resolve(Map<String, String> parameters) {
    return new ResolvedTemplate(this, values(parameters));
  }

  private Map<String, String> values(Map<String, String> given) {
    Map<String, Object> declared = section("Parameters");
    List<String> problems = new ArrayList<>();
    given.keySet().stream()
        .filter(name -> !declared.containsKey(name))
        .forEach(name -> problems.add("the template has no parameter " + name));
    Map<String, String> values = new TreeMap<>();
    declared.forEach(
        (name, declaration) -> {
          Map<?, ?> rules = (Map<?, ?>) declaration;
          Object value = given.containsKey(name) ? given.get(name) : rules.get("Default");
          if (value == null) {
            problems.add("the parameter %s has no default and was not given".formatted(name));
          } else {
            check(name, String.valueOf(value), rules, problems);
            values.put(name, String.valueOf(value));
          }
        });
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    return values;
  }

  private static void check(String name, String value, Map<?, ?> rules, List<String> problems) {
    if (rules.get("AllowedValues") instanceof List<?> allowed
        && allowed.stream().noneMatch(item -> String.valueOf(item).equals(value))) {
      problems.add("%s: \"%s\" is not one of %s".formatted(name, value, allowed));
    }
    if (rules.get("AllowedPattern") instanceof String pattern && !value.matches(pattern)) {
      problems.add("%s: \"%s\" does not match %s".formatted(name, value, pattern));
    }
    if (rules.get("MinValue") instanceof Number min
        && Double.parseDouble(value) < min.doubleValue()) {
      problems.add("%s: %s is below %s".formatted(name, value, min));
    }
    if (rules.get("MaxValue") instanceof Number max
        && Double.parseDouble(value) > max.doubleValue()) {
      problems.add("%s: %s is above %s".formatted(name, value, max));
    }
  }
}
