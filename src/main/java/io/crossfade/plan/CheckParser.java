package io.crossfade.plan;

import io.crossfade.release.ReleaseCheck;
import io.crossfade.release.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the field {@code checks} of the input, as strictly as {@link ReleaseParser} the others. */
final class CheckParser {
  static final int MAX_CHECKS = 10;

  private static final int MAX_JSON = 5;
  private static final int MAX_COMMAND = 20;
  private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST");

  /** It stands in messages and in the token of a task. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,49}");

  /** A path and a query as they go over the wire: no fragment, no other host, nothing to encode. */
  private static final Pattern PATH =
      Pattern.compile(
          "/(?!/)[A-Za-z0-9/._~!$&'()*+,;=:@%-]*(?:[?][A-Za-z0-9/._~!$&'()*+,;=:@%?-]*)?");

  /** RFC 1123, section 2.1. */
  private static final Pattern HOST =
      Pattern.compile("[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:[.][a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*");

  /** RFC 6901. */
  private static final Pattern POINTER = Pattern.compile("(?:/(?:[^~/]|~[01])*)+");

  /** Without a version or an alias, which have no tags of their own. */
  private static final Pattern FUNCTION = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private static final Pattern FUNCTION_ARN =
      Pattern.compile("arn:aws[a-z-]*:lambda:[a-z0-9-]+:[0-9]{12}:function:[A-Za-z0-9_-]{1,64}");

  private final ReleaseDefaults defaults;
  private final List<ValidationError> problems;
  private final List<Integer> weights;
  private final boolean tested;

  private CheckParser(
      ReleaseDefaults defaults, List<Step> steps, boolean tested, List<ValidationError> problems) {
    this.defaults = defaults;
    this.problems = problems;
    this.weights = steps.stream().map(Step::weight).toList();
    this.tested = tested;
  }

  /**
   * @param steps those of the input; some default ones if they have problems
   * @param tested whether there is a test rule
   */
  static List<ReleaseCheck> parse(
      StrictFields fields,
      ReleaseDefaults defaults,
      List<Step> steps,
      boolean tested,
      List<ValidationError> problems) {
    if (!fields.has("checks")) {
      return List.of();
    }
    int before = problems.size();
    CheckParser parser = new CheckParser(defaults, steps, tested, problems);
    List<ReleaseCheck> checks =
        fields.objects(
            "checks",
            0,
            MAX_CHECKS,
            "a list of at most %d checks".formatted(MAX_CHECKS),
            "{\"name\": \"…\", \"http\": {…}}",
            parser::check);
    if (problems.size() > before) {
      return List.of();
    }
    parser.checkTogether(checks);
    return checks;
  }

  private void checkTogether(List<ReleaseCheck> checks) {
    long names = checks.stream().map(ReleaseCheck::name).distinct().count();
    if (names < checks.size()) {
      problems.add(new ValidationError("checks", "a name twice", "a name of its own for each"));
    }
    int seconds = checks.stream().mapToInt(ReleaseCheck::deadlineSeconds).sum();
    if (seconds > ReleaseCheck.MAX_TOTAL_DEADLINE_SECONDS) {
      problems.add(
          new ValidationError(
              "checks",
              "deadlines of %d s in all".formatted(seconds),
              "at most %d s: an execution's history holds 25,000 events"
                  .formatted(ReleaseCheck.MAX_TOTAL_DEADLINE_SECONDS)));
    }
  }

  /** Null if it has a problem. */
  private ReleaseCheck check(StrictFields fields) {
    if (fields == null) {
      return null;
    }
    int before = problems.size();
    fields.onlyKnown(Set.of("name", "deadlineSeconds", "after", "http", "lambda", "task"));
    String name =
        fields.requiredText(
            "name",
            50,
            "a name of 1 to 50 letters, digits, spaces, dots, - and _",
            NAME.asMatchPredicate());
    int deadline =
        fields.whole(
            "deadlineSeconds",
            ReleaseCheck.DEFAULT_DEADLINE_SECONDS,
            ReleaseCheck.MIN_DEADLINE_SECONDS,
            ReleaseCheck.MAX_DEADLINE_SECONDS);
    Integer after = after(fields);
    ReleaseCheck.Http http = part(fields, "http", "{\"path\": \"/…\"}", this::http);
    ReleaseCheck.Lambda lambda = part(fields, "lambda", "{\"function\": \"…\"}", this::lambda);
    ReleaseCheck.Task task = part(fields, "task", "{\"command\": [\"…\"]}", this::task);
    if (Stream.of("http", "lambda", "task").filter(fields::has).count() != 1) {
      fields.problem("exactly one of http, lambda and task");
    }
    return problems.size() > before
        ? null
        : new ReleaseCheck(name, deadline, after, http, lambda, task);
  }

  private Integer after(StrictFields fields) {
    if (!fields.has("after")) {
      return null;
    }
    if (fields.raw("after") instanceof Integer weight && weights.contains(weight)) {
      return weight;
    }
    fields.problem("after", "the weight of a step, one of " + weights);
    return null;
  }

  private <T> T part(
      StrictFields fields, String name, String expected, Function<StrictFields, T> read) {
    int before = problems.size();
    StrictFields inner = fields.has(name) ? fields.object(name, expected) : null;
    T part = inner == null ? null : read.apply(inner);
    return problems.size() > before ? null : part;
  }

  private ReleaseCheck.Http http(StrictFields fields) {
    fields.onlyKnown(Set.of("path", "method", "host", "status", "json", "text", "times"));
    if (!tested) {
      fields.problem("path", "test_rule_arn beside it: the rule that leads to the new version");
    }
    String path =
        fields.requiredText(
            "path",
            500,
            "a path that begins with one / (at most 500 characters, others encoded by %)",
            PATH.asMatchPredicate());
    String method = fields.text("method", "GET", 10, "GET, HEAD or POST", METHODS::contains);
    String host =
        fields.text(
            "host", null, 253, "a host's name, such as www.example.com", HOST.asMatchPredicate());
    int status = fields.whole("status", 200, 200, 599);
    String text =
        fields.text("text", null, 500, "a text of 1 to 500 characters", found -> !found.isEmpty());
    Map<String, String> json = json(fields);
    int times = fields.whole("times", 1, 1, ReleaseCheck.Http.MAX_TIMES);
    if ("HEAD".equals(method) && (text != null || !json.isEmpty())) {
      fields.problem("method", "GET or POST: the answer to HEAD has no body");
    }
    return path == null
        ? null
        : new ReleaseCheck.Http(path, method, host, status, json, text, times);
  }

  private static Map<String, String> json(StrictFields fields) {
    Map<String, String> values = new LinkedHashMap<>();
    if (!fields.has("json")) {
      return values;
    }
    if (!(fields.raw("json") instanceof Map<?, ?> object) || object.size() > MAX_JSON) {
      fields.problem("json", "at most %d of {\"/pointer\": value}".formatted(MAX_JSON));
      return values;
    }
    object.forEach(
        (pointer, value) -> {
          String text = scalar(value);
          if (text == null || pointer.toString().length() > 200 || !isPointer(pointer)) {
            fields.problem(
                "json." + FoundValue.name(pointer),
                FoundValue.describe(value),
                "a JSON pointer, and a text, a number, true or false of at most 200 characters");
          } else {
            values.put(pointer.toString(), text);
          }
        });
    return values;
  }

  private static boolean isPointer(Object pointer) {
    return POINTER.matcher(pointer.toString()).matches();
  }

  private static String scalar(Object value) {
    boolean plain = value instanceof String || value instanceof Number || value instanceof Boolean;
    return plain && value.toString().length() <= 200 ? value.toString() : null;
  }

  private ReleaseCheck.Lambda lambda(StrictFields fields) {
    fields.onlyKnown(Set.of("function"));
    String function =
        fields.requiredText(
            "function",
            200,
            "a Lambda function's name, or its ARN %s, without a version or an alias"
                .formatted(defaults.place()),
            text ->
                FUNCTION.matcher(text).matches()
                    || FUNCTION_ARN.matcher(text).matches() && defaults.own(text));
    return function == null
        ? null
        : new ReleaseCheck.Lambda(function.substring(function.lastIndexOf(':') + 1));
  }

  private ReleaseCheck.Task task(StrictFields fields) {
    fields.onlyKnown(Set.of("container", "command"));
    String container = ReleaseParser.container(fields);
    List<String> command =
        fields.texts(
            "command", MAX_COMMAND, 200, "a text of 1 to 200 characters", text -> !text.isEmpty());
    return new ReleaseCheck.Task(container, command);
  }
}
