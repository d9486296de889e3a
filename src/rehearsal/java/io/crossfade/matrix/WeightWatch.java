package io.crossfade.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.localaws.LocalAws;
import io.crossfade.localaws.elb.WeightChange;
import io.crossfade.localaws.states.ExecutionListener;
import io.crossfade.site.BookingSite;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.ScheduledFuture;

/**
 * Looks after every write of the rule, and all the time in between, whether each group that has a
 * share of the requests has a healthy target; and whether no step is taken before the one before it
 * was watched for long enough.
 */
final class WeightWatch implements ExecutionListener, AutoCloseable {
  private final LocalAws aws;
  private final BookingSite.Application application;
  private final String canaryGroup;
  private final long bakeSeconds;
  private final Collection<String> violations = new CopyOnWriteArraySet<>();
  private final ScheduledFuture<?> looking;
  private volatile WeightChange shown;

  /**
   * @param canaryGroup which target group's share rises with each step
   * @param bakeSeconds how long each step is to be watched
   */
  WeightWatch(
      LocalAws aws, BookingSite.Application application, String canaryGroup, long bakeSeconds) {
    this.canaryGroup = canaryGroup;
    this.aws = aws;
    this.application = application;
    this.bakeSeconds = bakeSeconds;
    List<WeightChange> written = aws.elb().weightChanges(application.ruleArn());
    this.shown = written.get(written.size() - 1);
    aws.elb().onRuleWritten(this::written);
    this.looking = aws.clock().every(Duration.ofSeconds(1), this::look);
  }

  private void written(WeightChange change) {
    if (!change.ruleArn().equals(application.ruleArn())) {
      return;
    }
    boolean valid =
        change.weights().values().stream().allMatch(weight -> weight >= 0 && weight <= 999)
            && change.weights().values().stream().mapToInt(Integer::intValue).sum() > 0;
    if (!valid) {
      violations.add("the weights were " + change.weights());
    }
    step(change);
    look();
  }

  /** The same weights once more are not a new step. */
  private void step(WeightChange change) {
    if (change.weights().equals(shown.weights())) {
      return;
    }
    if (share(shown) > 0 && share(change) > share(shown)) {
      baked(change.at());
    }
    shown = change;
  }

  private void baked(Instant next) {
    long seconds = Duration.between(shown.at(), next).toSeconds();
    if (seconds < bakeSeconds) {
      violations.add(
          "%d %% were watched for %d s instead of %d s"
              .formatted(share(shown), seconds, bakeSeconds));
    }
  }

  @Override
  public void stateEntered(String execution, String state, JsonNode input, Instant at) {
    if (state.equals("RequestApproval")) {
      baked(at);
    }
  }

  private int share(WeightChange change) {
    return change.weights().getOrDefault(canaryGroup, 0);
  }

  private void look() {
    shown
        .weights()
        .forEach(
            (group, weight) -> {
              if (weight > 0 && aws.elb().healthy(group) == 0) {
                violations.add(
                    "%s had weight %d and no healthy target".formatted(name(group), weight));
              }
            });
  }

  private String name(String group) {
    return group.equals(application.blueGroupArn()) ? "blue" : "green";
  }

  List<String> violations() {
    return List.copyOf(violations);
  }

  @Override
  public void close() {
    looking.cancel(false);
  }
}
