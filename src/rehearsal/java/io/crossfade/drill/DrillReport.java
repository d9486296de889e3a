package io.crossfade.drill;

import static java.util.Objects.requireNonNull;

import io.crossfade.aws.StateBucket;
import io.crossfade.drill.AccountState.Difference;
import io.crossfade.release.Colour;
import io.crossfade.release.ExecutionArn;
import io.crossfade.release.TimelineEvent;
import io.crossfade.report.ReleaseReport;
import io.crossfade.report.ReleaseReport.Comparison;
import io.crossfade.report.ReleaseReport.Ending;
import io.crossfade.report.ReleaseReport.Fact;
import io.crossfade.report.ReleaseReport.Role;
import io.crossfade.report.ReleaseReport.Table;
import io.crossfade.report.ReleaseReport.Version;
import io.crossfade.report.Samples;
import io.crossfade.report.Samples.Weight;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that is known at the end of a drill.
 *
 * @param execution the one that was started
 * @param outcome how the release ended, e.g. {@code RolledBack}
 * @param reason why, in a sentence
 */
public record DrillReport(
    DrillOptions options,
    DrillTarget target,
    String execution,
    String outcome,
    String reason,
    List<Entry> timeline,
    AccountState before,
    AccountState after,
    Instant began,
    Instant ended) {
  static final String EXPECTED = "RolledBack";

  /**
   * A change that was seen.
   *
   * @param share of the traffic for the second set of tasks, in percent
   */
  public record Entry(Instant at, String state, int share) {}

  public DrillReport {
    requireNonNull(outcome, "outcome");
    requireNonNull(reason, "reason");
    timeline = List.copyOf(timeline);
  }

  /** As one report has it that the functions write of any release. */
  ReleaseReport release() {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Drill", options.scenario().label()));
    facts.add(new Fact("As expected", passed() ? "yes" : String.join("; ", objections())));
    facts.add(new Fact("Account", target.account() + ", " + target.region()));
    facts.add(new Fact("Execution", execution));
    facts.add(new Fact("Image", target.image()));
    facts.add(
        new Fact(
            "The functions' own report",
            "s3://%s/%s"
                .formatted(
                    target.stateBucket(),
                    StateBucket.key(ExecutionArn.name(execution), "report.html"))));
    return new ReleaseReport(
        outcome,
        reason,
        passed() ? Ending.UNCHANGED : Ending.BAD,
        "drill of " + options.service(),
        facts,
        began,
        ended,
        List.of(version(target.canary(), Role.CANARY), version(target.stable(), Role.STABLE)),
        timeline.stream()
            .map(
                entry ->
                    new TimelineEvent(
                        entry.at(),
                        "%s, %s gets %d %%"
                            .formatted(entry.state(), target.canary(), entry.share()),
                        null))
            .toList(),
        new Samples(
            60,
            List.of(),
            timeline.stream().map(entry -> new Weight(entry.at(), entry.share())).toList(),
            List.of(),
            List.of()),
        List.of(),
        new Comparison(
            differences().isEmpty()
                ? "Everything that the drill has read is as it was before."
                : "This is not as it was before.",
            differences().stream()
                .map(d -> new ReleaseReport.Difference(d.what(), d.before(), d.after()))
                .toList()),
        List.of(
            new Table(
                "Compared",
                List.of("What", "Before"),
                before.facts().entrySet().stream()
                    .map(fact -> List.<Object>of(fact.getKey(), fact.getValue()))
                    .toList())));
  }

  private static Version version(String service, Role role) {
    return new Version(
        service, role, service.endsWith(Colour.BLUE.label()) ? Colour.BLUE : Colour.GREEN);
  }

  /** The line that machines read. */
  String resultLine() {
    return "drill: scenario=%s outcome=%s expected=%s differences=%d seconds=%d"
        .formatted(
            options.scenario().label(),
            outcome,
            EXPECTED,
            differences().size(),
            Duration.between(began, ended).toSeconds());
  }

  List<Difference> differences() {
    return before.differences(after);
  }

  boolean passed() {
    return objections().isEmpty();
  }

  /** Why the drill is not passed, in sentences; nothing if it is. */
  List<String> objections() {
    List<String> objections = new ArrayList<>();
    if (!outcome.equals(EXPECTED)) {
      objections.add("expected %s, but the release ended in %s".formatted(EXPECTED, outcome));
    } else if (!reason.contains(cause())) {
      objections.add("it was turned back, but not because \"%s\"".formatted(cause()));
    }
    differences().forEach(difference -> objections.add(difference.sentence()));
    return objections;
  }

  /** What the reason must tell: it was this, and not something else that happened meanwhile. */
  private String cause() {
    return switch (options.scenario()) {
      case ALARM -> target.alarm().orElseThrow();
      case REJECT -> "rejected by";
      case STOP -> "had ended half way";
    };
  }
}
