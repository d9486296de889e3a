package io.crossfade.drill;

import static java.util.Objects.requireNonNull;

import io.crossfade.drill.AccountState.Difference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that is known at the end of a drill.
 *
 * @param outcome how the release ended, e.g. {@code RolledBack}
 * @param reason why, in a sentence
 */
public record DrillReport(
    DrillOptions options,
    DrillTarget target,
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
      case STOP -> "ABORTED";
    };
  }
}
