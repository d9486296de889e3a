package io.crossfade.localaws.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A template with its parameters, conditions and references resolved. */
public final class ResolvedTemplate {
  /** A function, its globals merged in. */
  public record Function(
      String logicalId,
      String name,
      Map<String, String> environment,
      Duration timeout,
      int memoryMb,
      List<?> policies) {}

  /** A state machine; its definition has its substitutions in place. */
  public record StateMachine(String logicalId, String name, String definition) {}

  /** What a local AWS knows to make, or may leave out because it does not change what happens. */
  private static final Set<String> KNOWN =
      Set.of(
          "AWS::Serverless::Function",
          "AWS::Serverless::StateMachine",
          "AWS::S3::Bucket",
          "AWS::S3::BucketPolicy",
          "AWS::SNS::Topic",
          "AWS::SNS::Subscription",
          "AWS::Logs::LogGroup");

  private static final String NAME = "crossfade";
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^!}][^}]*)}");
  private static final Object NO_VALUE = new Object();

  private final Template template;
  private final Map<String, String> parameters;
  private final Map<String, Map<?, ?>> resources = new LinkedHashMap<>();

  ResolvedTemplate(Template template, Map<String, String> parameters) {
    this.template = template;
    this.parameters = parameters;
    template
        .section("Resources")
        .forEach(
            (id, value) -> {
              Map<?, ?> resource = (Map<?, ?>) value;
              if (!KNOWN.contains(resource.get("Type"))) {
                throw new IllegalArgumentException(
                    "not emulated: the resource %s of type %s".formatted(id, resource.get("Type")));
              }
              if (!(resource.get("Condition") instanceof String name) || condition(name)) {
                resources.put(id, resource);
              }
            });
  }

  public List<Function> functions() {
    List<Function> functions = new ArrayList<>();
    ofType("AWS::Serverless::Function").forEach((id, own) -> functions.add(function(id, own)));
    return List.copyOf(functions);
  }

  private Function function(String id, Map<?, ?> own) {
    Map<?, ?> globals = map(template.section("Globals").get("Function"));
    Map<String, Object> merged = new LinkedHashMap<>();
    globals.forEach((key, value) -> merged.put((String) key, value));
    own.forEach((key, value) -> merged.put((String) key, value));
    Map<String, String> environment = new TreeMap<>();
    for (Map<?, ?> source : List.of(globals, own)) {
      map(map(source.get("Environment")).get("Variables"))
          .forEach((key, value) -> environment.put((String) key, text(value)));
    }
    return new Function(
        id,
        functionName(id),
        environment,
        Duration.ofSeconds(Long.parseLong(text(merged.getOrDefault("Timeout", 3)))),
        Integer.parseInt(text(merged.getOrDefault("MemorySize", 128))),
        (List<?>) resolved(merged.getOrDefault("Policies", List.of())));
  }

  public StateMachine stateMachine() {
    Map<String, Map<?, ?>> machines = ofType("AWS::Serverless::StateMachine");
    String id = machines.keySet().iterator().next();
    Map<?, ?> own = machines.get(id);
    Map<?, ?> substitutions = map(own.get("DefinitionSubstitutions"));
    String definition;
    try {
      definition = Files.readString(template.folder().resolve(text(own.get("DefinitionUri"))));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read the definition", unreadable);
    }
    Set<String> unused = new TreeSet<>();
    substitutions.keySet().forEach(key -> unused.add((String) key));
    String filled =
        VARIABLE
            .matcher(definition)
            .replaceAll(
                match -> {
                  String name = match.group(1);
                  if (!substitutions.containsKey(name)) {
                    throw new IllegalArgumentException("no substitution for ${%s}".formatted(name));
                  }
                  unused.remove(name);
                  return Matcher.quoteReplacement(text(substitutions.get(name)));
                });
    if (!unused.isEmpty()) {
      throw new IllegalArgumentException(
          "substitutions that the definition does not use: " + unused);
    }
    return new StateMachine(id, NAME + "-release", filled);
  }

  public List<String> buckets() {
    return ofType("AWS::S3::Bucket").keySet().stream().map(this::reference).toList();
  }

  /** Names. */
  public List<String> topics() {
    return ofType("AWS::SNS::Topic").keySet().stream().map(ResolvedTemplate::topicName).toList();
  }

  public Map<String, String> outputs() {
    Map<String, String> outputs = new TreeMap<>();
    template
        .section("Outputs")
        .forEach((name, output) -> outputs.put(name, text(map(output).get("Value"))));
    return outputs;
  }

  private Map<String, Map<?, ?>> ofType(String type) {
    Map<String, Map<?, ?>> found = new LinkedHashMap<>();
    resources.forEach(
        (id, resource) -> {
          if (resource.get("Type").equals(type)) {
            found.put(id, map(resource.get("Properties")));
          }
        });
    return found;
  }

  private static Map<?, ?> map(Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  String text(Object value) {
    return String.valueOf(resolved(value));
  }

  private Object resolved(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(this::resolved).filter(item -> item != NO_VALUE).toList();
    }
    if (!(value instanceof Map<?, ?> object)) {
      return value;
    }
    if (object.size() == 1) {
      String name = String.valueOf(object.keySet().iterator().next());
      if (name.equals("Ref") || name.startsWith("Fn::")) {
        return function(name, object.get(name));
      }
    }
    Map<String, Object> copy = new LinkedHashMap<>();
    object.forEach(
        (key, item) -> {
          Object inner = resolved(item);
          if (inner != NO_VALUE) {
            copy.put((String) key, inner);
          }
        });
    return copy;
  }

  private Object function(String name, Object argument) {
    List<?> arguments = argument instanceof List<?> list ? list : List.of(argument);
    return switch (name) {
      case "Ref" -> argument.equals("AWS::NoValue") ? NO_VALUE : reference((String) argument);
      case "Fn::GetAtt" ->
          attribute(
              argument instanceof String dotted
                  ? dotted
                  : arguments.get(0) + "." + arguments.get(1));
      case "Fn::Sub" -> substituted((String) arguments.get(0));
      case "Fn::If" -> resolved(arguments.get(condition((String) arguments.get(0)) ? 1 : 2));
      case "Fn::Join" ->
          String.join(
              (String) arguments.get(0),
              ((List<?>) resolved(arguments.get(1))).stream().map(String::valueOf).toList());
      default -> throw new IllegalArgumentException("not emulated: the function " + name);
    };
  }

  private boolean condition(String name) {
    Object definition = template.section("Conditions").get(name);
    if (definition == null) {
      throw new IllegalArgumentException("there is no condition " + name);
    }
    return holds(definition);
  }

  private boolean holds(Object definition) {
    Map<?, ?> map = map(definition);
    if (map.get("Condition") instanceof String other) {
      return condition(other);
    }
    if (map.get("Fn::Equals") instanceof List<?> pair) {
      return text(pair.get(0)).equals(text(pair.get(1)));
    }
    if (map.get("Fn::Not") instanceof List<?> one) {
      return !holds(one.get(0));
    }
    if (map.get("Fn::And") instanceof List<?> all) {
      return all.stream().allMatch(this::holds);
    }
    if (map.get("Fn::Or") instanceof List<?> any) {
      return any.stream().anyMatch(this::holds);
    }
    throw new IllegalArgumentException("not emulated: the condition " + definition);
  }

  private String substituted(String text) {
    return VARIABLE
        .matcher(text)
        .replaceAll(
            match -> {
              String name = match.group(1);
              boolean dotted = name.contains(".");
              return Matcher.quoteReplacement(dotted ? attribute(name) : reference(name));
            });
  }

  private String reference(String name) {
    return switch (name) {
      case "AWS::Region" -> "eu-central-1";
      case "AWS::AccountId" -> "123456789012";
      case "AWS::Partition" -> "aws";
      case "AWS::StackName" -> NAME;
      case "AWS::URLSuffix" -> "amazonaws.com";
      default -> parameters.containsKey(name) ? parameters.get(name) : physical(name);
    };
  }

  private String physical(String id) {
    return switch (type(id)) {
      case "AWS::Serverless::Function" -> functionName(id);
      case "AWS::Serverless::StateMachine" -> arn("states", "stateMachine:" + NAME + "-release");
      case "AWS::S3::Bucket" -> (NAME + "-" + id).toLowerCase(Locale.ROOT);
      case "AWS::SNS::Topic" -> arn("sns", topicName(id));
      default -> NAME + "-" + id;
    };
  }

  private String attribute(String dotted) {
    String id = dotted.substring(0, dotted.indexOf('.'));
    String attribute = dotted.substring(dotted.indexOf('.') + 1);
    if (!attribute.equals("Arn")) {
      throw new IllegalArgumentException("not emulated: the attribute " + dotted);
    }
    return switch (type(id)) {
      case "AWS::Serverless::Function" -> arn("lambda", "function:" + functionName(id));
      case "AWS::S3::Bucket" -> "arn:aws:s3:::" + physical(id);
      case "AWS::Logs::LogGroup" -> arn("logs", "log-group:" + physical(id) + ":*");
      default -> physical(id);
    };
  }

  private String type(String id) {
    Map<?, ?> resource = resources.get(id);
    if (resource == null) {
      throw new IllegalArgumentException("the template has no resource or parameter " + id);
    }
    return (String) resource.get("Type");
  }

  private static String functionName(String id) {
    return NAME + "-" + id;
  }

  private static String topicName(String id) {
    return NAME + "-" + id;
  }

  private static String arn(String service, String resource) {
    return "arn:aws:%s:eu-central-1:123456789012:%s".formatted(service, resource);
  }
}
