package io.crossfade.matrix;

import io.crossfade.localaws.LocalAws;
import io.crossfade.localaws.elb.WeightChange;
import io.crossfade.rehearsal.BookingSite;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.ScheduledFuture;

/**
 * Looks after every write of the rule, and all the time in between, whether each group that has a
 * share of the requests has a healthy target.
 */
final class WeightWatch implements AutoCloseable {
  private final LocalAws aws;
  private final BookingSite.Application application;
  private final Collection<String> violations = new CopyOnWriteArraySet<>();
  private final ScheduledFuture<?> looking;
  private volatile Map<String, Integer> weights;

  WeightWatch(LocalAws aws, BookingSite.Application application) {
    this.aws = aws;
    this.application = application;
    List<WeightChange> written = aws.elb().weightChanges(application.ruleArn());
    this.weights = written.get(written.size() - 1).weights();
    aws.elb().onRuleWritten(this::written);
    this.looking = aws.clock().every(Duration.ofSeconds(1), this::look);
  }

  private void written(WeightChange change) {
    if (!change.ruleArn().equals(application.ruleArn())) {
      return;
    }
    weights = change.weights();
    boolean valid =
        weights.values().stream().allMatch(weight -> weight >= 0 && weight <= 999)
            && weights.values().stream().mapToInt(Integer::intValue).sum() > 0;
    if (!valid) {
      violations.add("the weights were " + named());
    }
    look();
  }

  private void look() {
    weights.forEach(
        (group, weight) -> {
          if (weight > 0 && healthy(group) == 0) {
            violations.add("%s had weight %d and no healthy target".formatted(name(group), weight));
          }
        });
  }

  private long healthy(String group) {
    return aws
        .elb()
        .describeTargetHealth(r -> r.targetGroupArn(group))
        .targetHealthDescriptions()
        .stream()
        .filter(target -> target.targetHealth().stateAsString().equals("healthy"))
        .count();
  }

  private String name(String group) {
    return group.equals(application.blueGroupArn()) ? "blue" : "green";
  }

  private String named() {
    return weights.toString();
  }

  List<String> violations() {
    return List.copyOf(violations);
  }

  @Override
  public void close() {
    looking.cancel(false);
  }
}
