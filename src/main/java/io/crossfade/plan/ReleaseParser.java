package io.crossfade.plan;

import io.crossfade.release.ApprovalSettings;
import io.crossfade.release.Arn;
import io.crossfade.release.CheckOverride;
import io.crossfade.release.ExecutionArn;
import io.crossfade.release.HealthSettings;
import io.crossfade.release.Release;
import io.crossfade.release.ReleaseCheck;
import io.crossfade.release.Revert;
import io.crossfade.release.Step;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  static final List<String> FIELDS =
      List.of(
          "imageUri",
          "ImageURI",
          "BASE_SERVICE_NAME",
          "rule_arn",
          "test_rule_arn",
          "cluster",
          "container",
          "steps",
          "alarms",
          "approval",
          "health",
          "minRequests",
          "checks",
          "commit",
          "author",
          "createdAt",
          "pipelineExecutionId",
          "dryRun",
          "override");

  /** Of an input that takes a release back. */
  private static final List<String> REVERT_FIELDS =
      List.of("revert", "why", "by", "steps", "alarms", "approval", "dryRun", "override");

  public static final int MAX_STEPS = 20;

  /** Every poll of a bake costs nine events of the execution's history. */
  public static final int MAX_TOTAL_BAKE_SECONDS = 21_600;

  private static final int MAX_ALARMS = 100;

  /** Of all that stands before a digest (ECS API reference, ContainerDefinition: image). */
  private static final int MAX_IMAGE_CHARS = 255;

  private static final int DIGEST_CHARS = "@sha256:".length() + 64;

  private static final int MAX_NAME_CHARS = 255;

  private static final int MAX_TIME_CHARS = 40;

  /** A name behind the rest of its ARN. */
  private static final int MAX_CLUSTER_CHARS = 355;

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

  /** The input takes a release back. */
  public record OfRevert(RevertRequest request) implements Result {}

  /** It is neither, for at least one reason. */
  public record Invalid(List<ValidationError> errors) implements Result {}

  public static Result parse(Map<?, ?> input, ReleaseDefaults defaults) {
    ReleaseParser parser = new ReleaseParser(defaults);
    StrictFields fields = new StrictFields("", input, parser.problems);
    Result read = fields.has("revert") ? parser.revert(fields) : parser.release(fields);
    return read == null ? new Invalid(List.copyOf(parser.problems)) : read;
  }

  private Result release(StrictFields fields) {
    Release release = read(fields);
    return release == null ? null : new Valid(release);
  }

  private Result revert(StrictFields fields) {
    fields.onlyKnown(REVERT_FIELDS);
    String deployment =
        fields.requiredText(
            "revert",
            MAX_NAME_CHARS,
            "the id of a deployment, which is its execution's name",
            ExecutionArn::isName);
    String why = why(fields);
    String by =
        fields.text("by", null, 1000, "who asks for it (1 to 1000 characters)", t -> !t.isBlank());
    List<Step> steps =
        fields.has("steps") ? steps(fields) : List.of(new Step(100, defaults.bakeSeconds()));
    ApprovalSettings approval =
        fields.has("approval") && !"skip".equals(fields.raw("approval"))
            ? approval(fields)
            : ApprovalSettings.SKIP;
    List<String> alarms = fields.has("alarms") ? alarms(fields) : null;
    boolean dryRun = fields.flag("dryRun");
    CheckOverride override = override(fields);
    return problems.isEmpty()
        ? new OfRevert(
            new RevertRequest(
                new Revert(deployment, why, by), steps, alarms, approval, dryRun, override))
        : null;
  }

  private static String why(StrictFields fields) {
    return fields.requiredText(
        "why", 1000, "the reason, for the record (1 to 1000 characters)", text -> !text.isBlank());
  }

  private Release read(StrictFields fields) {
    fields.onlyKnown(FIELDS);
    String image = image(fields);
    String base =
        fields.requiredText(
            "BASE_SERVICE_NAME",
            MAX_NAME_CHARS,
            "the service's name without -blue or -green (letters, digits, - and _)",
            name -> SERVICE.matcher(name).matches() && !name.matches(".*-(blue|green)"));
    String rule = rule(fields, "rule_arn");
    String testRule = testRule(fields, rule);
    String cluster = cluster(fields);
    String container = container(fields);
    List<Step> steps = steps(fields);
    List<String> alarms = alarms(fields);
    ApprovalSettings approval = approval(fields);
    HealthSettings health = health(fields, steps.size());
    int minRequests = fields.whole("minRequests", 0, 0, Release.MAX_MIN_REQUESTS);
    List<ReleaseCheck> checks =
        CheckParser.parse(fields, defaults, steps, fields.has("test_rule_arn"), problems);
    String commit = note(fields, "commit", 100);
    String author = note(fields, "author", 200);
    Instant createdAt = instant(fields);
    String pipeline = note(fields, "pipelineExecutionId", 100);
    boolean dryRun = fields.flag("dryRun");
    CheckOverride override = override(fields);
    return problems.isEmpty()
        ? new Release(
            image,
            base,
            rule,
            testRule,
            cluster,
            container,
            steps,
            alarms,
            approval,
            health,
            minRequests,
            checks,
            commit,
            author,
            createdAt,
            pipeline,
            dryRun,
            override,
            null)
        : null;
  }

  static String container(StrictFields fields) {
    return fields.text(
        "container", null, MAX_NAME_CHARS, "a container's name", CONTAINER.asMatchPredicate());
  }

  /** The user's spelling and AWS's own: {@code imageUri} and {@code ImageURI}. */
  private String image(StrictFields fields) {
    if (fields.has("imageUri") && fields.has("ImageURI")) {
      if (!Objects.equals(fields.raw("imageUri"), fields.raw("ImageURI"))) {
        fields.problem("ImageURI", "the same image as in imageUri, or only one of the two");
      }
    }
    return fields.requiredText(
        fields.has("ImageURI") && !fields.has("imageUri") ? "ImageURI" : "imageUri",
        MAX_IMAGE_CHARS + DIGEST_CHARS,
        "an image with a digest or a tag (registry/repository@sha256:… or registry/repository:tag),"
            + " at most %d characters before the digest".formatted(MAX_IMAGE_CHARS),
        image ->
            image.split("@", 2)[0].length() <= MAX_IMAGE_CHARS
                && IMAGE.matcher(image).matches()
                && PINNED.matcher(image).matches());
  }

  private String rule(StrictFields fields, String field) {
    String expected =
        "the ARN of a rule of an Application Load Balancer"
            + " (arn:aws:elasticloadbalancing:…:listener-rule/app/…)";
    String arn = fields.requiredText(field, Arn.MAX_CHARS, expected, text -> true);
    if (arn != null && !Arn.ofRule(arn)) {
      fields.problem(field, RuleArn.describe(arn), expected);
    } else if (arn != null && !defaults.own(arn)) {
      fields.problem(field, "the ARN of a rule " + defaults.place());
    }
    return arn;
  }

  private String testRule(StrictFields fields, String rule) {
    String test = fields.has("test_rule_arn") ? rule(fields, "test_rule_arn") : null;
    if (test == null || rule == null || !Arn.ofRule(test) || !Arn.ofRule(rule)) {
      return test;
    }
    if (test.equals(rule)) {
      fields.problem("test_rule_arn", "another rule than rule_arn, which the users' requests take");
    } else if (!Arn.loadBalancer(test).equals(Arn.loadBalancer(rule))) {
      fields.problem("test_rule_arn", "a rule of the load balancer of rule_arn");
    }
    return test;
  }

  private String cluster(StrictFields fields) {
    String own = defaults.cluster();
    if (!fields.has("cluster") && own.isBlank()) {
      fields.problem(
          "cluster", "a cluster's name or ARN (this stack was deployed without a default one)");
    }
    return fields.text(
        "cluster",
        own,
        MAX_CLUSTER_CHARS,
        (own.isBlank() ? "a cluster's name" : own + ", the one this stack was deployed for")
            + ", or its ARN "
            + defaults.place(),
        name ->
            CLUSTER.matcher(name).matches()
                && (own.isBlank() || Arn.name(name).equals(own))
                && (!name.startsWith("arn:") || defaults.own(name)));
  }

  private List<Step> steps(StrictFields fields) {
    if (!fields.has("steps")) {
      return defaults.steps();
    }
    int before = problems.size();
    List<Step> steps =
        fields.objects(
            "steps",
            1,
            MAX_STEPS,
            "a list of 1 to %d steps".formatted(MAX_STEPS),
            "{\"weight\": 25, \"bakeSeconds\": 300}",
            this::step);
    if (problems.size() == before) {
      checkRise(steps);
    }
    return steps;
  }

  private Step step(StrictFields fields) {
    if (fields == null) {
      return new Step(100, 0);
    }
    fields.onlyKnown(Set.of("weight", "bakeSeconds"));
    if (!fields.has("weight")) {
      fields.problem("weight", "a whole number from 1 to 100");
    }
    int weight = fields.whole("weight", 100, 1, 100);
    return new Step(
        weight, fields.whole("bakeSeconds", defaults.bakeSeconds(), 0, Step.MAX_BAKE_SECONDS));
  }

  private void checkRise(List<Step> steps) {
    int last = steps.size() - 1;
    for (int i = 0; i <= last; i++) {
      int weight = steps.get(i).weight();
      int before = i == 0 ? 0 : steps.get(i - 1).weight();
      if (i == last && weight != 100) {
        wrongWeight(i, weight, "100 at the last step");
      } else if (i < last && (weight <= before || weight == 100)) {
        wrongWeight(i, weight, "more than %d and less than 100".formatted(before));
      }
    }
    int baked = steps.stream().mapToInt(Step::bakeSeconds).sum();
    if (baked > MAX_TOTAL_BAKE_SECONDS) {
      problems.add(
          new ValidationError(
              "steps",
              baked + " s of baking in all",
              "at most %d s: an execution's history holds 25,000 events"
                  .formatted(MAX_TOTAL_BAKE_SECONDS)));
    }
  }

  private void wrongWeight(int step, int weight, String expected) {
    problems.add(
        new ValidationError("steps[%d].weight".formatted(step), String.valueOf(weight), expected));
  }

  private List<String> alarms(StrictFields fields) {
    return fields.texts(
        "alarms",
        MAX_ALARMS,
        MAX_NAME_CHARS,
        "an alarm's name (1 to 255 characters)",
        name -> !name.isBlank());
  }

  private ApprovalSettings approval(StrictFields fields) {
    if (!fields.has("approval")) {
      return ApprovalSettings.DEFAULT;
    }
    if ("skip".equals(fields.raw("approval"))) {
      if (!defaults.skipAllowed()) {
        fields.problem(
            "approval",
            "{\"timeoutSeconds\": 3600}, because this stack has AllowSkippedApproval=false");
      }
      return ApprovalSettings.SKIP;
    }
    StrictFields inner = fields.object("approval", "\"skip\" or {\"timeoutSeconds\": 3600}");
    if (inner == null) {
      return ApprovalSettings.DEFAULT;
    }
    inner.onlyKnown(Set.of("timeoutSeconds"));
    return new ApprovalSettings(
        false,
        inner.whole(
            "timeoutSeconds",
            ApprovalSettings.DEFAULT.timeoutSeconds(),
            ApprovalSettings.MIN_TIMEOUT_SECONDS,
            ApprovalSettings.MAX_TIMEOUT_SECONDS));
  }

  private HealthSettings health(StrictFields fields, int steps) {
    String expected = "{\"deadlineSeconds\": 900, \"polls\": 3, \"recoverySeconds\": 300}";
    StrictFields inner = fields.has("health") ? fields.object("health", expected) : null;
    if (inner == null) {
      return HealthSettings.DEFAULT;
    }
    inner.onlyKnown(Set.of("deadlineSeconds", "polls", "recoverySeconds"));
    return new HealthSettings(
        inner.whole(
            "deadlineSeconds",
            HealthSettings.DEFAULT.deadlineSeconds(),
            HealthSettings.MIN_DEADLINE_SECONDS,
            HealthSettings.MAX_DEADLINE_SECONDS),
        inner.whole("polls", HealthSettings.DEFAULT.polls(), 1, HealthSettings.MAX_POLLS),
        inner.whole(
            "recoverySeconds",
            HealthSettings.DEFAULT.recoverySeconds(),
            0,
            HealthSettings.longestRecovery(steps)));
  }

  private static String note(StrictFields fields, String name, int most) {
    return fields.text(
        name, null, most, "a text of at most %d characters".formatted(most), text -> true);
  }

  private Instant instant(StrictFields fields) {
    String text =
        fields.text(
            "createdAt",
            null,
            MAX_TIME_CHARS,
            "a time like 2026-01-31T12:00:00Z",
            ReleaseParser::isInstant);
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
    if (!fields.has("override")) {
      return null;
    }
    if (!defaults.overridesAllowed()) {
      fields.problem("override", "none, because this stack has AllowOverrides=false");
      return null;
    }
    StrictFields inner =
        fields.object("override", "{\"checks\": […], \"by\": \"…\", \"why\": \"…\"}");
    if (inner == null) {
      return null;
    }
    inner.onlyKnown(Set.of("checks", "by", "why"));
    String oneOf = "one of " + CHECKS.keySet();
    List<String> names =
        inner.texts("checks", CHECKS.size(), MAX_NAME_CHARS, oneOf, CHECKS::containsKey);
    if (!inner.has("checks") || List.of().equals(inner.raw("checks"))) {
      inner.problem("checks", "at least " + oneOf);
    }
    String by =
        inner.requiredText(
            "by", 200, "who decided it (1 to 200 characters)", text -> !text.isBlank());
    String why = why(inner);
    return by == null || why == null
        ? null
        : new CheckOverride(names.stream().map(CHECKS::get).toList(), by, why);
  }
}
