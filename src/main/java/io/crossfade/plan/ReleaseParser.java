package io.crossfade.plan;

import io.crossfade.release.ApprovalSettings;
import io.crossfade.release.CheckOverride;
import io.crossfade.release.HealthSettings;
import io.crossfade.release.Release;
import io.crossfade.release.Step;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Turns the input into a {@link Release}, or into every reason why it is not one. Strict: what it
 * does not know it refuses, because a misspelt option that is ignored is an option that is not set.
 */
public final class ReleaseParser {
  /** In the order in which a misspelt one is probably meant. */
  static final Set<String> FIELDS =
      Collections.unmodifiableSet(
          new LinkedHashSet<>(
              List.of(
                  "imageUri",
                  "ImageURI",
                  "BASE_SERVICE_NAME",
                  "rule_arn",
                  "cluster",
                  "container",
                  "steps",
                  "alarms",
                  "approval",
                  "health",
                  "commit",
                  "author",
                  "createdAt",
                  "pipelineExecutionId",
                  "dryRun",
                  "override")));

  public static final int MAX_STEPS = 20;

  /** Every poll of a bake costs nine events of the execution's history. */
  public static final int MAX_TOTAL_BAKE_SECONDS = 21_600;

  private static final int MAX_ALARMS = 100;

  private static final SortedMap<String, CheckOverride.Check> CHECKS =
      new TreeMap<>(
          Arrays.stream(CheckOverride.Check.values())
              .collect(Collectors.toMap(CheckOverride.Check::label, check -> check)));

  /** {@code [registry/]repository[:tag][@digest]}: a tag or a digest is needed. */
  private static final Pattern IMAGE =
      Pattern.compile(
          "(?:[a-zA-Z0-9.-]+(?::[0-9]{1,5})?/)?[a-z0-9]+(?:(?:[._/]|__|-+)[a-z0-9]+)*"
              + "(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@sha256:[0-9a-f]{64})?");

  private static final Pattern PINNED = Pattern.compile(".*(?:@sha256:[0-9a-f]{64}|:[^/:]+)");

  /** A service name has at most 255 characters, and {@code -green} is added. */
  private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,248}");

  private static final Pattern RULE =
      Pattern.compile(
          "arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:"
              + "listener-rule/app/[A-Za-z0-9-]{1,32}/[0-9a-f]+/[0-9a-f]+/[0-9a-f]+");

  private static final Pattern CLUSTER =
      Pattern.compile("(?:arn:aws[a-z-]*:ecs:[a-z0-9-]+:[0-9]{12}:cluster/)?[A-Za-z0-9_-]{1,255}");

  private static final Pattern CONTAINER = Pattern.compile("[A-Za-z0-9_-]{1,255}");

  private final ReleaseDefaults defaults;
  private final List<ValidationError> problems = new ArrayList<>();

  private ReleaseParser(ReleaseDefaults defaults) {
    this.defaults = defaults;
  }

  /** What came of it. */
  public sealed interface Result {}

  /** The input is a release. */
  public record Valid(Release release) implements Result {}

  /** It is not, for at least one reason. */
  public record Invalid(List<ValidationError> errors) implements Result {}

  public static Result parse(Map<String, Object> input, ReleaseDefaults defaults) {
    ReleaseParser parser = new ReleaseParser(defaults);
    Release release = parser.read(new StrictFields("", input, parser.problems));
    return release == null ? new Invalid(List.copyOf(parser.problems)) : new Valid(release);
  }

  private Release read(StrictFields fields) {
    fields.onlyKnown(FIELDS);
    String image = image(fields);
    String base =
        fields.requiredText(
            "BASE_SERVICE_NAME",
            "the service's name without -blue or -green (letters, digits, - and _)",
            name -> SERVICE.matcher(name).matches() && !name.matches(".*-(blue|green)"));
    String rule =
        fields.requiredText(
            "rule_arn",
            "the ARN of a rule of an Application Load Balancer"
                + " (arn:aws:elasticloadbalancing:…:listener-rule/app/…)",
            arn -> RULE.matcher(arn).matches());
    String cluster = cluster(fields);
    String container =
        fields.text(
            "container", null, "a container's name", name -> CONTAINER.matcher(name).matches());
    List<Step> steps = steps(fields);
    List<String> alarms = alarms(fields);
    ApprovalSettings approval = approval(fields);
    HealthSettings health = health(fields);
    String commit = fields.text("commit", null, "at most 100 characters", t -> t.length() <= 100);
    String author = fields.text("author", null, "at most 200 characters", t -> t.length() <= 200);
    Instant createdAt = instant(fields);
    String pipeline =
        fields.text("pipelineExecutionId", null, "at most 100 characters", t -> t.length() <= 100);
    boolean dryRun = fields.flag("dryRun");
    CheckOverride override = override(fields);
    return problems.isEmpty()
        ? new Release(
            image, base, rule, cluster, container, steps, alarms, approval, health, commit, author,
            createdAt, pipeline, dryRun, override)
        : null;
  }

  /** The user's spelling and AWS's own: {@code imageUri} and {@code ImageURI}. */
  private String image(StrictFields fields) {
    if (fields.has("imageUri") && fields.has("ImageURI")) {
      if (!fields.raw("imageUri").equals(fields.raw("ImageURI"))) {
        fields.problem("ImageURI", "the same image as in imageUri, or only one of the two");
      }
    }
    return fields.requiredText(
        fields.has("ImageURI") && !fields.has("imageUri") ? "ImageURI" : "imageUri",
        "an image with a digest or a tag (registry/repository@sha256:… or registry/repository:tag)",
        image -> IMAGE.matcher(image).matches() && PINNED.matcher(image).matches());
  }

  private String cluster(StrictFields fields) {
    String expected = "a cluster's name or ARN";
    if (!fields.has("cluster") && defaults.cluster().isBlank()) {
      fields.problem("cluster", expected + " (this stack was deployed without a default one)");
      return null;
    }
    if (defaults.cluster().isBlank()) {
      return fields.text("cluster", null, expected, name -> CLUSTER.matcher(name).matches());
    }
    String own = "%s, the one this stack was deployed for".formatted(defaults.cluster());
    return fields.text(
        "cluster",
        defaults.cluster(),
        own,
        name -> CLUSTER.matcher(name).matches() && lastPart(name).equals(defaults.cluster()));
  }

  private static String lastPart(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  private List<Step> steps(StrictFields fields) {
    if (!fields.has("steps")) {
      return defaults.steps();
    }
    if (!(fields.raw("steps") instanceof List<?> list)
        || list.isEmpty()
        || list.size() > MAX_STEPS) {
      fields.problem("steps", "a list of 1 to %d steps".formatted(MAX_STEPS));
      return List.of();
    }
    int before = problems.size();
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      steps.add(step(i, list.get(i)));
    }
    if (problems.size() == before) {
      checkRise(steps);
    }
    return steps;
  }

  private Step step(int index, Object value) {
    String path = "steps[%d]".formatted(index);
    if (!(value instanceof Map<?, ?> object)) {
      problems.add(
          new ValidationError(
              path, StrictFields.describe(value), "{\"weight\": 25, \"bakeSeconds\": 120}"));
      return new Step(100, 0);
    }
    StrictFields fields = new StrictFields(path + ".", object, problems);
    fields.onlyKnown(Set.of("weight", "bakeSeconds"));
    if (!fields.has("weight")) {
      fields.problem("weight", "a whole number from 1 to 100");
    }
    int weight = fields.whole("weight", 100, 1, 100);
    return new Step(
        weight, fields.whole("bakeSeconds", defaults.bakeSeconds(), 0, Step.MAX_BAKE_SECONDS));
  }

  private void checkRise(List<Step> steps) {
    for (int i = 1; i < steps.size(); i++) {
      int before = steps.get(i - 1).weight();
      if (steps.get(i).weight() <= before) {
        problems.add(
            new ValidationError(
                "steps[%d].weight".formatted(i),
                String.valueOf(steps.get(i).weight()),
                "more than %d, the weight of the step before".formatted(before)));
      }
    }
    int last = steps.get(steps.size() - 1).weight();
    int baked = steps.stream().mapToInt(Step::bakeSeconds).sum();
    if (baked > MAX_TOTAL_BAKE_SECONDS) {
      problems.add(
          new ValidationError(
              "steps",
              baked + " s of baking in all",
              "at most %d s: an execution's history holds 25,000 events"
                  .formatted(MAX_TOTAL_BAKE_SECONDS)));
    }
    if (last != 100) {
      String path = "steps[%d].weight".formatted(steps.size() - 1);
      problems.add(new ValidationError(path, String.valueOf(last), "100 at the last step"));
    }
  }

  private List<String> alarms(StrictFields fields) {
    List<String> names =
        fields.texts(
            "alarms",
            "an alarm's name (1 to 255 characters)",
            name -> !name.isBlank() && name.length() <= 255);
    if (names.size() > MAX_ALARMS) {
      fields.problem("alarms", "at most %d names".formatted(MAX_ALARMS));
    }
    return names;
  }

  private ApprovalSettings approval(StrictFields fields) {
    Object value = fields.raw("approval");
    if (value == null) {
      return ApprovalSettings.DEFAULT;
    }
    if ("skip".equals(value)) {
      return ApprovalSettings.SKIP;
    }
    if (!(value instanceof Map<?, ?> object)) {
      fields.problem("approval", "\"skip\" or {\"timeoutSeconds\": 3600}");
      return ApprovalSettings.DEFAULT;
    }
    StrictFields inner = new StrictFields("approval.", object, problems);
    inner.onlyKnown(Set.of("timeoutSeconds"));
    return new ApprovalSettings(
        false,
        inner.whole(
            "timeoutSeconds",
            ApprovalSettings.DEFAULT.timeoutSeconds(),
            ApprovalSettings.MIN_TIMEOUT_SECONDS,
            ApprovalSettings.MAX_TIMEOUT_SECONDS));
  }

  private HealthSettings health(StrictFields fields) {
    Object value = fields.raw("health");
    if (value == null) {
      return HealthSettings.DEFAULT;
    }
    if (!(value instanceof Map<?, ?> object)) {
      fields.problem("health", "{\"deadlineSeconds\": 900, \"polls\": 3}");
      return HealthSettings.DEFAULT;
    }
    StrictFields inner = new StrictFields("health.", object, problems);
    inner.onlyKnown(Set.of("deadlineSeconds", "polls"));
    return new HealthSettings(
        inner.whole(
            "deadlineSeconds",
            HealthSettings.DEFAULT.deadlineSeconds(),
            HealthSettings.MIN_DEADLINE_SECONDS,
            HealthSettings.MAX_DEADLINE_SECONDS),
        inner.whole("polls", HealthSettings.DEFAULT.polls(), 1, HealthSettings.MAX_POLLS));
  }

  private static boolean fits(String text, int most) {
    return !text.isBlank() && text.length() <= most;
  }

  private Instant instant(StrictFields fields) {
    String text =
        fields.text(
            "createdAt", null, "a time like 2026-01-31T12:00:00Z", ReleaseParser::isInstant);
    return text == null ? null : Instant.parse(text);
  }

  private static boolean isInstant(String text) {
    try {
      Instant.parse(text);
      return true;
    } catch (DateTimeParseException notATime) {
      return false;
    }
  }

  private CheckOverride override(StrictFields fields) {
    Object value = fields.raw("override");
    if (value == null) {
      return null;
    }
    if (!(value instanceof Map<?, ?> object)) {
      fields.problem("override", "{\"checks\": […], \"by\": \"…\", \"why\": \"…\"}");
      return null;
    }
    StrictFields inner = new StrictFields("override.", object, problems);
    inner.onlyKnown(Set.of("checks", "by", "why"));
    List<String> names = inner.texts("checks", "one of " + CHECKS.keySet(), CHECKS::containsKey);
    if (names.isEmpty()) {
      inner.problem("checks", "at least one of " + CHECKS.keySet());
    }
    String by =
        inner.requiredText(
            "by", "who decided it (at most 200 characters)", text -> fits(text, 200));
    String why =
        inner.requiredText(
            "why",
            "the reason, for the record (at most 1000 characters)",
            text -> fits(text, 1000));
    return by == null || why == null
        ? null
        : new CheckOverride(names.stream().map(CHECKS::get).toList(), by, why);
  }
}
