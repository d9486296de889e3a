package io.crossfade.gate;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Set;

/**
 * An alarm as DescribeAlarms shows it, or what the release measures itself and judges like one.
 *
 * @param state OK, ALARM or INSUFFICIENT_DATA
 * @param evaluation null, or why the state cannot be trusted (PARTIAL_DATA, EVALUATION_ERROR, …)
 * @param reason CloudWatch's own sentence
 * @param changedAt when it last changed its state; null if CloudWatch does not say
 * @param firedAt when it last went to ALARM in the time that is looked at, even if it is OK again;
 *     null if it did not
 * @param groups what it measures, as {@code TargetGroup} dimensions; {@link #BEYOND} is among them
 *     where it measures more than that
 * @param setAside whether its only target group has no traffic, so that it is told and no more
 */
public record Alarm(
    String name,
    State state,
    String evaluation,
    String reason,
    Instant changedAt,
    Instant firedAt,
    Set<String> groups,
    boolean setAside) {
  /** Stands for every metric without a target group. */
  static final String BEYOND = "";

  /** The three answers of CloudWatch, and one for what it may say one day. */
  public enum State {
    /** OK means the threshold is not breached. */
    OK,
    /** ALARM means it is. */
    ALARM,
    /** INSUFFICIENT_DATA means CloudWatch could not measure. */
    INSUFFICIENT_DATA,
    /** UNKNOWN means the answer was not one of the three. */
    UNKNOWN
  }

  public Alarm {
    requireNonNull(name);
    requireNonNull(state);
    reason = reason == null ? "" : reason;
    groups = groups == null ? Set.of() : Set.copyOf(groups);
  }

  public Alarm(String name, State state, String evaluation, String reason) {
    this(name, state, evaluation, reason, null, null, null, false);
  }

  /** One that could not be read just now, which says nothing of what it did. */
  static Alarm unread(String name, String why) {
    return new Alarm(name, State.UNKNOWN, null, why, Instant.EPOCH, null, null, false);
  }

  Alarm fired(Instant at) {
    return new Alarm(name, state, evaluation, reason, changedAt, at, groups, setAside);
  }

  /**
   * The same alarm, set aside if it measures that group alone. Without requests and without targets
   * most metrics of a target group are absent, which is neither good nor bad (Elastic Load
   * Balancing user guide, "CloudWatch metrics for your Application Load Balancer").
   *
   * @param idle the {@code TargetGroup} dimension of a group without traffic
   */
  public Alarm withoutTraffic(String idle) {
    return measuresOnly(idle)
        ? new Alarm(name, state, evaluation, reason, changedAt, firedAt, groups, true)
        : this;
  }

  /** Whether it measures that target group and nothing else. */
  boolean measuresOnly(String group) {
    return groups.equals(Set.of(group));
  }

  /** Whether it measures something else than a target group, such as the whole load balancer. */
  public boolean measuresNoGroup() {
    return groups.equals(Set.of(BEYOND));
  }

  /** Whether it has been in ALARM since before its only target group had traffic. */
  boolean firesSinceBefore(String group, Instant traffic) {
    return state == State.ALARM
        && measuresOnly(group)
        && traffic != null
        && changedAt != null
        && changedAt.isBefore(traffic);
  }

  /** Whether it may have been in ALARM since then: what has not changed state has not. */
  boolean mayHaveFiredSince(Instant since) {
    return state != State.ALARM && (changedAt == null || !changedAt.isBefore(since));
  }

  /** Whether it went to ALARM since then, whatever it was before. */
  boolean firedAnewSince(Instant since) {
    boolean isNew = state == State.ALARM && changedAt != null && changedAt.isAfter(since);
    return isNew || firedAt != null && firedAt.isAfter(since);
  }

  /** OK, and CloudWatch itself has no doubt about it. */
  public boolean trustedOk() {
    return state == State.OK && evaluation == null;
  }

  public String sentence() {
    String doubt = evaluation == null ? "" : " (" + evaluation + ")";
    if (setAside) {
      return "%s is %s%s, which does not count: its target group has no traffic"
          .formatted(name, state, doubt);
    }
    return firedAt == null || state == State.ALARM
        ? "%s is %s%s".formatted(name, state, doubt)
        : "%s went to ALARM at %s and is %s%s".formatted(name, firedAt, state, doubt);
  }
}
