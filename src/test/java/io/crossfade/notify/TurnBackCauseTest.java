package io.crossfade.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.check.CheckLooks;
import io.crossfade.command.Command;
import io.crossfade.command.CommandLook;
import io.crossfade.command.CommandStage;
import io.crossfade.command.FakeCommandStore;
import io.crossfade.command.GivenCommand;
import io.crossfade.fleet.CanaryCapacity;
import io.crossfade.fleet.CanaryHealth;
import io.crossfade.fleet.HealthPolicy;
import io.crossfade.fleet.ServiceSample;
import io.crossfade.gate.Alarm;
import io.crossfade.gate.AlarmPolicy;
import io.crossfade.gate.CountedRequests;
import io.crossfade.gate.UnansweredRequests;
import io.crossfade.release.Approval;
import io.crossfade.release.CaughtError;
import io.crossfade.release.CommandState;
import io.crossfade.release.ComparedSteps;
import io.crossfade.release.Comparison;
import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;
import io.crossfade.release.Pause;
import io.crossfade.release.Phase;
import io.crossfade.release.ReleaseCheck;
import io.crossfade.release.Restoration;
import io.crossfade.release.Sample;
import io.crossfade.release.Versioned;
import io.crossfade.traffic.Drain;
import io.crossfade.traffic.GroupAttachment;
import io.crossfade.traffic.ListenerRule;
import io.crossfade.traffic.Shift;
import io.crossfade.traffic.TestTraffic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way back, decided by the policy that decides it, with the sentence that it gives. */
class TurnBackCauseTest {
  private static final Instant NOW = Sample.START.plusSeconds(90);
  private static final Instant LATE = Sample.START.plusSeconds(9000);
  private static final ReleaseCheck CHECK =
      new ReleaseCheck("smoke", 60, null, null, null, new ReleaseCheck.Task("app", List.of()));
  private static final ReleaseCheck LATER =
      new ReleaseCheck("load", 60, 50, null, null, new ReleaseCheck.Task("app", List.of()));
  private static final List<Alarm> FIRING =
      List.of(new Alarm("errors", Alarm.State.ALARM, null, ""));
  private static final List<Alarm> FINE = List.of(new Alarm("errors", Alarm.State.OK, null, ""));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      useHeadersInDisplayName = true,
      textBlock =
          """
          way                     | cause      | reason
          foreign weight, attach  | Start      | someone else changed the rule: it shows 40 % stable
          not healthy             | Health     | ECS gave up on backend-green: tasks failed
          not healthy in time     | Health     | not healthy after 9000 s: 0 of 2 targets healthy
          foreign test rule       | Watch      | someone else changed the test rule: it shows forward to
          foreign weight, first   | Watch      | someone else changed the rule: it shows 40 % stable
          targets lost, first     | Watch      | 0 of 2 targets of backend-green are healthy, 2 needed before it gets 25 %
          check failed            | Check      | check "smoke" failed: words
          check late              | Check      | check "smoke" did not pass within 60 s: words
          check of a step failed  | Check      | check "load" failed: words
          foreign weight, checked | Watch      | someone else changed the rule: it shows 40 % stable
          targets lost, checked   | Watch      | 0 of 2 targets of backend-green are healthy, 2 needed before it gets 25 %
          alarm                   | Watch      | at the step at 50 %: errors is ALARM
          unanswered requests     | Watch      | at the step at 50 %: unanswered requests of backend-green is ALARM
          comparison              | Watch      | at the step at 50 %: the new version is clearly worse than the old one
          no healthy target       | Watch      | at the step at 50 %: no target of backend-green is healthy
          targets missing         | Watch      | 1 of 2 targets of backend-green are healthy, 2 needed before the step at 50 % is over
          pause, alarm            | Watch      | at the step at 50 %: errors is ALARM
          pause, nobody           | Unanswered | paused by arn:ann: slow; nobody has continued it until
          foreign weight, later   | Watch      | someone else changed the rule: it shows 40 % stable
          command                 | Command    | rollback by arn:ann: slow
          alarm at the question   | Error      | at the step at 50 %: errors is ALARM
          rejected                | Rejected   | rejected by Ann
          nobody answered         | Unanswered | failed with States.Timeout
          function out of time    | Error      | failed with States.Timeout
          foreign weight, drain   | Drain      | someone else changed the rule: it shows 40 % stable
          never quiet             | Drain      | the stable group still got requests 9000 s after its weight became 0
          function failed         | Error      | the load balancer has no rule
          stopped, an alarm       | Interrupted | at the step at 50 %: errors is ALARM
          """)
  void aReleaseThatWasTurnedBackTellsWhy(String way, String cause, String reason) {
    Deployment turned = turned(way);
    String said =
        turned.error().isEmpty() ? turned.verdict().reason() : CaughtError.sentence(turned.error());
    assertThat(said).startsWith(reason);
    if (turned.error().isEmpty()) {
      assertThat(turned.verdict().action()).isEqualTo("ROLL_BACK");
    }
    Instant begun = way.equals("pause, nobody") ? LATE : NOW;
    assertThat(TurnBackCause.of(turned)).isEmpty();
    assertThat(
            TurnBackCause.of(turned.with(new Restoration(said, begun, null)))
                .map(TurnBackCause::label))
        .hasValue(cause);
  }

  private static Deployment turned(String way) {
    Deployment baking = Sample.at(1);
    return switch (way) {
      case "foreign weight, attach" ->
          by(in(Sample.at(-1), Phase.PLANNED), GroupAttachment.decide(Sample.at(-1), foreign()));
      case "not healthy" -> health("FAILED", 0, NOW);
      case "not healthy in time" -> health("IN_PROGRESS", 0, LATE);
      case "foreign test rule" -> {
        Deployment healthy = healthy(Sample.at(-1, Sample.tested(), Sample.testedSnapshot()));
        yield by(healthy, TestTraffic.decide(healthy, foreign()));
      }
      case "foreign weight, first" -> shift(healthy(Sample.at(-1)), foreign(), 2);
      case "targets lost, first" -> shift(healthy(Sample.at(-1)), rule(100, 0), 0);
      case "check failed" -> CheckLooks.after(checked(), "FAILED", 0, NOW);
      case "check late" -> CheckLooks.after(checked(), "NOT_YET", 60, NOW);
      case "check of a step failed" ->
          CheckLooks.after(Sample.at(1, Sample.checkedBy(null, LATER)), "FAILED", 0, NOW);
      case "foreign weight, checked" ->
          shift(CheckLooks.after(checked(), "PASSED", 0, NOW), foreign(), 2);
      case "targets lost, checked" ->
          shift(CheckLooks.after(checked(), "PASSED", 0, NOW), rule(100, 0), 0);
      case "alarm" -> watch(baking, FIRING, 2, NOW);
      case "unanswered requests" ->
          watch(
              baking,
              List.of(
                  UnansweredRequests.judge(baking.target().canary(), unanswered(), Sample.START)),
              2,
              NOW);
      case "comparison" ->
          watch(
              baking.with(
                  baking
                      .progress()
                      .with(
                          new ComparedSteps(
                              List.of(),
                              0,
                              new Comparison(Comparison.Verdict.CLEARLY_WORSE, 100, 9, 0.1)))),
              FINE,
              2,
              NOW);
      case "no healthy target" -> watch(baking, FINE, 0, NOW);
      case "targets missing" -> watch(baking, FINE, 1, LATE);
      case "pause, alarm" -> watch(paused(baking), FIRING, 2, NOW);
      case "pause, nobody" -> watch(paused(baking), FINE, 2, LATE);
      case "foreign weight, later" -> shift(baking, foreign(), 2);
      case "command" -> commanded(baking);
      case "alarm at the question" ->
          Sample.caught(
              in(baking, Phase.AWAITING_APPROVAL),
              "io.crossfade.release.PermanentFailure",
              "{\"errorMessage\":\"%s\"}"
                  .formatted(AlarmPolicy.reasonToStop(baking, FIRING).orElseThrow()));
      case "rejected" ->
          Sample.caught(
              in(baking, Phase.AWAITING_APPROVAL), CaughtError.REJECTED, "rejected by Ann");
      case "nobody answered" ->
          Sample.caught(in(baking, Phase.AWAITING_APPROVAL), CaughtError.TIMEOUT, null);
      case "function out of time" ->
          Sample.caught(
              in(baking, Phase.AWAITING_APPROVAL).with(new Approval("U1", "Ann", NOW)),
              CaughtError.TIMEOUT,
              null);
      case "foreign weight, drain" -> drain(foreign(), NOW);
      case "never quiet" -> drain(rule(0, 100), LATE);
      case "function failed" ->
          Sample.caught(
              baking,
              "io.crossfade.release.PermanentFailure",
              "{\"errorMessage\":\"the load balancer has no rule\"}");
      case "stopped, an alarm" ->
          watch(baking, FIRING, 2, NOW).continuedBy(Sample.EXECUTION.replace("run-1", "restore-1"));
      default -> throw new AssertionError(way);
    };
  }

  private static Deployment by(Deployment deployment, Decision<?> decision) {
    return deployment.recordDecision(decision, NOW);
  }

  private static Deployment in(Deployment deployment, Phase phase) {
    return deployment.with(deployment.progress().in(phase));
  }

  private static ListenerRule rule(int blue, int green) {
    return new ListenerRule(Sample.RULE, false, List.of(Sample.forward(blue, green)));
  }

  private static ListenerRule foreign() {
    return rule(40, 60);
  }

  private static Deployment health(String rollout, int healthy, Instant now) {
    return health(Sample.at(-1), rollout, healthy, now);
  }

  private static Deployment health(
      Deployment deployment, String rollout, int healthy, Instant now) {
    HealthPolicy.Result result =
        HealthPolicy.decide(
            deployment,
            ServiceSample.rolling(Sample.NEW, healthy, 1, rollout, 0),
            new CanaryHealth("backend-green", healthy, 2),
            now);
    return by(
        deployment.with(deployment.progress().withPasses(result.passes())), result.decision());
  }

  private static Deployment healthy(Deployment deployment) {
    Deployment healthy = deployment;
    for (int poll = 0; poll < deployment.release().health().polls(); poll++) {
      healthy = health(healthy, "COMPLETED", 2, NOW);
    }
    return healthy;
  }

  private static Deployment checked() {
    return healthy(Sample.at(-1, Sample.checkedBy(null, CHECK)));
  }

  private static CanaryCapacity capacity(Deployment deployment, int healthy, Instant now) {
    Deployment before =
        healthy == 2
            ? deployment
            : deployment.with(deployment.progress().withShortSince(Sample.START));
    return CanaryCapacity.of(before, new CanaryHealth("backend-green", healthy, 2), now);
  }

  private static Deployment shift(Deployment deployment, ListenerRule rule, int healthy) {
    CanaryCapacity canary = capacity(deployment, healthy, NOW);
    return by(canary.recordIn(deployment), Shift.decide(deployment, rule, canary));
  }

  private static Deployment watch(
      Deployment deployment, List<Alarm> alarms, int healthy, Instant now) {
    CanaryCapacity canary = capacity(deployment, healthy, now);
    return by(
        in(canary.recordIn(deployment), Phase.BAKING),
        AlarmPolicy.decide(deployment, canary, alarms, now));
  }

  private static CountedRequests unanswered() {
    return new CountedRequests(
        Map.of(
            CountedRequests.Metric.CANARY_REQUESTS, Map.of(Sample.START, 400.0),
            CountedRequests.Metric.BALANCER_502, Map.of(Sample.START, 400.0)));
  }

  private static Deployment paused(Deployment deployment) {
    Pause pause = new Pause("arn:ann", "slow", Sample.START, Sample.START.plusSeconds(3600));
    return deployment.with(CommandState.NONE.withPause(pause));
  }

  private static Deployment commanded(Deployment deployment) {
    FakeCommandStore store = new FakeCommandStore();
    store.stored =
        new Versioned<>(
            new GivenCommand("c-1", Command.ROLLBACK, null, "arn:ann", "slow", NOW), "1");
    var decided =
        new CommandLook(store)
            .decide(
                deployment,
                CommandStage.BAKING,
                NOW,
                AlarmPolicy.Action.ROLL_BACK,
                told -> AlarmPolicy.decide(told, capacity(deployment, 2, NOW), FINE, NOW));
    return by(decided.deployment(), decided.decision());
  }

  private static Deployment drain(ListenerRule rule, Instant now) {
    Deployment deployment = in(Sample.at(3), Phase.DRAINING);
    return by(
        deployment, Drain.decide(deployment, rule, capacity(deployment, 2, now), List.of(), now));
  }
}
