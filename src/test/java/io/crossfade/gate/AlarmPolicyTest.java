package io.crossfade.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.fleet.CanaryCapacity;
import io.crossfade.fleet.CanaryHealth;
import io.crossfade.gate.AlarmPolicy.Action;
import io.crossfade.release.CheckOverride;
import io.crossfade.release.CheckProgress;
import io.crossfade.release.CommandState;
import io.crossfade.release.ComparedSteps;
import io.crossfade.release.Comparison;
import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;
import io.crossfade.release.Pause;
import io.crossfade.release.Phase;
import io.crossfade.release.Progress;
import io.crossfade.release.Release;
import io.crossfade.release.ReleaseCheck;
import io.crossfade.release.Revert;
import io.crossfade.release.Sample;
import io.crossfade.release.Side;
import io.crossfade.release.Snapshot;
import io.crossfade.release.Step;
import io.crossfade.release.Weights;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlarmPolicyTest {
  /** The step bakes 120 s; past that, missing data may hold it for 600 s; polls are 20 s apart. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          step | state             | evaluation         | seconds | action    | wait
          0    | OK                | -                  | 0       | WAIT      | 20
          0    | OK                | -                  | 110     | WAIT      | 10
          0    | OK                | -                  | 120     | ADVANCE   | 0
          2    | OK                | -                  | 120     | ADVANCE   | 0
          3    | OK                | -                  | 119     | WAIT      | 1
          3    | OK                | -                  | 120     | ASK       | 0
          0    | ALARM             | -                  | 0       | ROLL_BACK | 0
          1    | ALARM             | -                  | 60      | ROLL_BACK | 0
          2    | ALARM             | -                  | 120     | ROLL_BACK | 0
          3    | ALARM             | -                  | 500     | ROLL_BACK | 0
          3    | ALARM             | EVALUATION_FAILURE | 500     | ROLL_BACK | 0
          0    | INSUFFICIENT_DATA | -                  | 60      | WAIT      | 20
          0    | INSUFFICIENT_DATA | -                  | 120     | WAIT      | 20
          0    | INSUFFICIENT_DATA | -                  | 720     | WAIT      | 20
          0    | INSUFFICIENT_DATA | -                  | 721     | ROLL_BACK | 0
          0    | UNKNOWN           | -                  | 120     | WAIT      | 20
          0    | UNKNOWN           | -                  | 721     | ROLL_BACK | 0
          0    | OK                | PARTIAL_DATA       | 120     | WAIT      | 20
          0    | OK                | EVALUATION_ERROR   | 120     | WAIT      | 20
          3    | OK                | EVALUATION_FAILURE | 721     | ROLL_BACK | 0
          """,
      useHeadersInDisplayName = true)
  void onlyATrustedOkForTheWholeBakeMovesOn(
      int step, Alarm.State state, String evaluation, int seconds, Action action, int wait) {
    Alarm alarm = new Alarm("errors", state, evaluation, "");
    Decision<Action> decision = decide(Sample.at(step), List.of(alarm), seconds);
    assertThat(decision.action()).isEqualTo(action);
    assertThat(decision.waitSeconds()).isEqualTo(wait);
  }

  /**
   * The step was entered at 0 s; its weights are written for sure when the wait before a look
   * begins.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          phase   | bake | seconds | begun | why
          SHIFTED | 120  | 20      | 0     | written at once
          SHIFTED | 120  | 22      | 2     | written after two seconds
          SHIFTED | 120  | 140     | 120   | written at the last retry
          SHIFTED | 0    | 40      | 40    | a step that does not bake
          SHIFTED | 120  | 10      | 0     | a clock that runs behind
          BAKING  | 120  | 135     | 0     | looked at before
          """,
      useHeadersInDisplayName = true)
  void theBakeBeginsWhenTheWeightsAreWritten(
      Phase phase, int bake, int seconds, int begun, String why) {
    Deployment sample = Sample.at(0, Sample.baking(bake));
    Deployment shifted = sample.with(sample.progress().in(phase));
    Progress baking = AlarmPolicy.beginBake(shifted, Sample.START.plusSeconds(seconds)).progress();
    assertThat(baking.since()).as(why).isEqualTo(Sample.START.plusSeconds(begun));
    assertThat(baking.phase()).isEqualTo(Phase.BAKING);
  }

  @ParameterizedTest
  @CsvSource({
    "WAIT, BAKING",
    "ADVANCE, BAKING",
    "ROLL_BACK, BAKING",
    "ASK, AWAITING_APPROVAL",
    "SKIP_APPROVAL, DRAINING"
  })
  void whatTheDeploymentDoesFromThenOn(Action action, Phase phase) {
    assertThat(AlarmPolicy.phaseAfter(action)).isEqualTo(phase);
  }

  /** The bake of 120 s is over at 120 s, the pause at 3,600 s. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          state             | seconds | healthy | short | action    | wait
          OK                | 60      | 2       | 0     | WAIT      | 20
          OK                | 500     | 2       | 0     | WAIT      | 20
          OK                | 3590    | 2       | 0     | WAIT      | 10
          OK                | 3599.6  | 2       | 0     | WAIT      | 1
          OK                | 3600    | 2       | 0     | ROLL_BACK | 0
          ALARM             | 60      | 2       | 0     | ROLL_BACK | 0
          ALARM             | 500     | 2       | 0     | ROLL_BACK | 0
          INSUFFICIENT_DATA | 2000    | 2       | 0     | WAIT      | 20
          OK                | 500     | 1       | 100   | WAIT      | 20
          OK                | 500     | 1       | 300   | ROLL_BACK | 0
          OK                | 500     | 0       | 20    | ROLL_BACK | 0
          """,
      useHeadersInDisplayName = true)
  void aPauseHoldsTheWeightsAndNothingElse(
      Alarm.State state, double seconds, int healthy, int shortFor, Action action, int wait) {
    Pause pause = new Pause("arn:ann", "slow", Sample.START, Sample.START.plusSeconds(3600));
    Deployment paused = Sample.at(1).with(CommandState.NONE.withPause(pause));
    CanaryCapacity canary =
        healthy == 2
            ? new CanaryCapacity(capacity(2, 0, 300).health(), null, 0, 300)
            : capacity(healthy, shortFor, 300);
    Decision<Action> decision =
        AlarmPolicy.decide(
            paused,
            canary,
            List.of(new Alarm("errors", state, null, "")),
            Sample.START.plusMillis(Math.round(seconds * 1000)));
    assertThat(decision.action()).isEqualTo(action);
    assertThat(decision.waitSeconds()).isEqualTo(wait);
  }

  /** Its bake was to end at 120 s. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ends | state             | seconds | action    | wait
          30   | OK                | 30      | ADVANCE   | 0
          30   | INSUFFICIENT_DATA | 30      | WAIT      | 20
          30   | INSUFFICIENT_DATA | 630     | WAIT      | 20
          30   | INSUFFICIENT_DATA | 631     | ROLL_BACK | 0
          30   | ALARM             | 30      | ROLL_BACK | 0
          900  | OK                | 890     | WAIT      | 10
          900  | OK                | 900     | ADVANCE   | 0
          900  | INSUFFICIENT_DATA | 1500    | WAIT      | 20
          900  | INSUFFICIENT_DATA | 1501    | ROLL_BACK | 0
          """,
      useHeadersInDisplayName = true)
  void aCommandMovesTheEndOfTheBakeAndOfNoCheck(
      int ends, Alarm.State state, int seconds, Action action, int wait) {
    Deployment moved =
        Sample.at(1).with(CommandState.NONE.withBakeEnd(1, Sample.START.plusSeconds(ends)));
    Decision<Action> decision =
        decide(moved, List.of(new Alarm("errors", state, null, "")), seconds);
    assertThat(decision.action()).isEqualTo(action);
    assertThat(decision.waitSeconds()).isEqualTo(wait);
  }

  @Test
  void aCanaryWithoutAnyHealthyTargetIsEnoughWhateverTheAlarmsSay() {
    Alarm fine = new Alarm("errors", Alarm.State.OK, null, "");
    Decision<Action> decision =
        AlarmPolicy.decide(Sample.at(1), capacity(0, 0, 300), List.of(fine), Sample.START);
    assertThat(decision.action()).isEqualTo(Action.ROLL_BACK);
    assertThat(decision.reason())
        .isEqualTo("at the step at 50 %: no target of backend-green is healthy");
  }

  /** The step bakes 120 s. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          step | healthy | short | recovery | alarm             | seconds | action    | wait | reason
          0    | 1       | 0     | 300      | OK                | 60      | WAIT      | 20   | bakes 60 s more
          0    | 1       | 300   | 300      | OK                | 60      | WAIT      | 20   | bakes 60 s more
          0    | 2       | 0     | 300      | OK                | 120     | ADVANCE   | 0    | baked 120 s
          0    | 1       | 0     | 300      | OK                | 120     | WAIT      | 20   | the step at 25 % is held: 1 of 2 targets of backend-green are healthy, 2 needed before the step at 25 % is over
          3    | 1       | 0     | 300      | OK                | 120     | WAIT      | 20   | the step at 100 % is held: 1 of 2 targets
          3    | 2       | 0     | 300      | OK                | 135     | ASK       | 0    | baked 135 s
          0    | 1       | 299   | 300      | OK                | 419     | WAIT      | 20   | missing for 299 of 300 s
          0    | 1       | 300   | 300      | OK                | 420     | ROLL_BACK | 0    | missing for 300 of 300 s
          3    | 1       | 300   | 300      | OK                | 420     | ROLL_BACK | 0    | missing for 300 of 300 s
          0    | 1       | 0     | 300      | ALARM             | 120     | ROLL_BACK | 0    | errors is ALARM
          0    | 1       | 0     | 300      | INSUFFICIENT_DATA | 120     | WAIT      | 20   | errors is INSUFFICIENT_DATA
          0    | 1       | 300   | 300      | INSUFFICIENT_DATA | 420     | ROLL_BACK | 0    | missing for 300 of 300 s
          0    | 1       | 10    | 300      | OK                | 720     | WAIT      | 20   | missing for 10 of 300 s
          0    | 1       | 10    | 300      | OK                | 721     | ROLL_BACK | 0    | missing for 10 of 300 s
          0    | 1       | 1500  | 1800     | OK                | 1920    | WAIT      | 20   | missing for 1500 of 1800 s
          0    | 1       | 1500  | 1800     | OK                | 1921    | ROLL_BACK | 0    | missing for 1500 of 1800 s
          """,
      useHeadersInDisplayName = true)
  void aStepThatHasBakedIsHeldWhileTargetsMayComeBack(
      int step,
      int healthy,
      int shortFor,
      int recovery,
      Alarm.State state,
      int seconds,
      Action action,
      int wait,
      String reason) {
    Decision<Action> decision =
        AlarmPolicy.decide(
            Sample.at(step),
            capacity(healthy, shortFor, recovery),
            List.of(new Alarm("errors", state, null, "")),
            Sample.START.plusSeconds(seconds));
    assertThat(decision.action()).isEqualTo(action);
    assertThat(decision.waitSeconds()).isEqualTo(wait);
    assertThat(decision.reason()).contains(reason);
  }

  /**
   * The step bakes 120 s; past that, too few requests may hold it for 600 s, and then it goes on.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          step | needed | seen | healthy | alarm             | seconds | action    | wait | reason
          0    | 100    | 99   | 2       | OK                | 60      | WAIT      | 20   | bakes 60 s more
          0    | 100    | 99   | 2       | OK                | 120     | WAIT      | 20   | the step at 25 % is held: it has seen 99 of 100 requests
          0    | 100    | 100  | 2       | OK                | 120     | ADVANCE   | 0    | baked 120 s with 1 alarms and counts OK; too few
          0    | 100    | 99   | 2       | OK                | 720     | WAIT      | 20   | 99 of 100
          0    | 100    | 99   | 2       | OK                | 721     | ADVANCE   | 0    | baked 721 s with 1 alarms and counts OK and only 99 of 100 requests; too few requests to say
          3    | 100    | 0    | 2       | OK                | 720     | WAIT      | 20   | 0 of 100
          3    | 100    | 0    | 2       | OK                | 721     | ASK       | 0    | only 0 of 100 requests
          0    | 0      | 0    | 2       | OK                | 120     | ADVANCE   | 0    | baked 120 s
          0    | 100    | 0    | 2       | ALARM             | 120     | ROLL_BACK | 0    | errors is ALARM
          0    | 100    | 0    | 2       | INSUFFICIENT_DATA | 721     | ROLL_BACK | 0    | could not be measured
          0    | 100    | 0    | 1       | OK                | 721     | ROLL_BACK | 0    | 1 of 2 targets
          """,
      useHeadersInDisplayName = true)
  void aStepIsHeldUntilItHasSeenEnough(
      int step,
      int needed,
      long seen,
      int healthy,
      Alarm.State state,
      int seconds,
      Action action,
      int wait,
      String reason) {
    Deployment sample = Sample.at(step, Sample.waitingFor(needed));
    Decision<Action> decision =
        AlarmPolicy.decide(
            compared(sample, seen, Comparison.NONE),
            capacity(healthy, 0, 300),
            List.of(new Alarm("errors", state, null, "")),
            Sample.START.plusSeconds(seconds));
    assertThat(decision.action()).isEqualTo(action);
    assertThat(decision.waitSeconds()).isEqualTo(wait);
    assertThat(decision.reason()).contains(reason);
  }

  /** Of a release with a check after the step at 50 %, and one after the last. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 | 0 | OK    |  10 | WAIT
          0 | 0 | OK    | 120 | ADVANCE
          1 | 0 | OK    |  10 | WAIT
          1 | 0 | OK    | 120 | CHECK
          1 | 0 | ALARM | 120 | ROLL_BACK
          1 | 0 | INSUFFICIENT_DATA | 120 | WAIT
          1 | 1 | OK    | 120 | ADVANCE
          3 | 1 | OK    | 120 | CHECK
          3 | 2 | OK    | 120 | ASK
          """)
  void aStepIsOverOnceItsOwnChecksHavePassed(
      int step, int passed, Alarm.State state, int seconds, Action action) {
    ReleaseCheck half = check("half", 50);
    ReleaseCheck whole = check("whole", 100);
    Deployment sample = Sample.at(step, Sample.checkedBy(null, half, whole));
    Deployment deployment =
        sample.with(sample.progress().with(new CheckProgress(passed, null, null, null)));
    Decision<Action> decision =
        AlarmPolicy.decide(
            deployment,
            capacity(2, 0, 300),
            List.of(new Alarm("errors", state, null, "")),
            Sample.START.plusSeconds(seconds));
    assertThat(decision.action()).isEqualTo(action);
  }

  /** What takes a check long is not held against an alarm that has no data for a moment. */
  @Test
  void aLongCheckIsNoReasonToGiveAnAlarmUp() {
    Deployment sample = Sample.at(1, Sample.checkedBy(null, check("half", 50)));
    Instant now = Sample.START.plusSeconds(120 + 1000);
    Deployment checked =
        sample.with(sample.progress().with(CheckProgress.NONE.lookedAt(now.minusSeconds(20))));
    Decision<Action> decision =
        AlarmPolicy.decide(
            checked,
            capacity(2, 0, 300),
            List.of(new Alarm("errors", Alarm.State.INSUFFICIENT_DATA, null, "")),
            now);
    assertThat(decision.action()).isEqualTo(Action.WAIT);
  }

  /**
   * The step was held for requests before its first check; that a check is looked at is no reason.
   */
  @ParameterizedTest
  @CsvSource({"20, ADVANCE", "1200, WAIT"})
  void aStepIsHeldForRequestsOnceAndNotBehindEachLookAtACheck(long secondsAgo, Action action) {
    Deployment sample = Sample.at(1, Sample.waitingFor(100));
    Instant now = Sample.START.plusSeconds(120 + 601);
    Deployment checked =
        sample.with(
            sample.progress().with(CheckProgress.NONE.lookedAt(now.minusSeconds(secondsAgo))));
    Decision<Action> decision =
        AlarmPolicy.decide(
            checked,
            capacity(2, 0, 300),
            List.of(new Alarm("errors", Alarm.State.OK, null, "")),
            secondsAgo > 120 + 601 ? now.minusSeconds(60) : now);
    assertThat(decision.action()).isEqualTo(action);
  }

  private static ReleaseCheck check(String name, int after) {
    return new ReleaseCheck(name, 60, after, null, new ReleaseCheck.Lambda("f"), null);
  }

  @ParameterizedTest
  @CsvSource({
    "CLEARLY_WORSE, 10, ROLL_BACK",
    "CLEARLY_WORSE, 120, ROLL_BACK",
    "NO_WORSE, 10, WAIT",
    "NO_WORSE, 120, ADVANCE",
    "TOO_FEW, 120, ADVANCE"
  })
  void aVersionThatIsClearlyWorseIsTurnedBackThoughNoAlarmFires(
      Comparison.Verdict verdict, int seconds, Action action) {
    Deployment deployment = compared(Sample.at(1), 1000, new Comparison(verdict, 1000, 31, 2.5));
    Alarm fine = new Alarm("errors", Alarm.State.OK, null, "");
    Decision<Action> decision = decide(deployment, List.of(fine), seconds);
    assertThat(decision.action()).isEqualTo(action);
    if (action == Action.ROLL_BACK) {
      assertThat(decision.reason())
          .isEqualTo(
              "at the step at 50 %: the new version is clearly worse than the old one:"
                  + " it failed 31 of 1,000, where the old one would have failed 2.5");
    }
  }

  private static Deployment compared(Deployment sample, long seen, Comparison result) {
    return sample.with(sample.progress().with(new ComparedSteps(List.of(), seen, result)));
  }

  /**
   * @param shortFor seconds since targets were first found missing
   */
  private static CanaryCapacity capacity(int healthy, int shortFor, int recovery) {
    CanaryHealth health = new CanaryHealth("backend-green", healthy, 2);
    return new CanaryCapacity(
        health, health.atFullCapacity() ? null : Sample.START, shortFor, recovery);
  }

  @Test
  void oneAlarmOfManyIsEnoughAndIsNamedWithItsReason() {
    Alarm fine = new Alarm("latency", Alarm.State.OK, null, "");
    Alarm firing = new Alarm("errors", Alarm.State.ALARM, null, "7 of 10 above 5");
    assertThat(decide(Sample.at(1), List.of(fine, firing), 10).reason())
        .isEqualTo("at the step at 50 %: errors is ALARM: 7 of 10 above 5");
  }

  @ParameterizedTest
  @CsvSource({"OK", "INSUFFICIENT_DATA"})
  void anAlarmThatFiredAndClearedSinceTheStepBeganIsEnough(Alarm.State now) {
    Alarm blip =
        new Alarm("errors", now, null, "", Sample.START, null, null, false)
            .fired(Sample.START.plusSeconds(7));
    Decision<Action> decision = decide(Sample.at(1), List.of(blip), 10);
    assertThat(decision.action()).isEqualTo(Action.ROLL_BACK);
    assertThat(decision.reason())
        .isEqualTo(
            "at the step at 50 %%: errors went to ALARM at 2026-01-31T12:00:07Z and is %s"
                .formatted(now));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          OK,                -1, false
          OK,                0,  true
          OK,                9,  true
          OK,                -,  true
          INSUFFICIENT_DATA, 9,  true
          ALARM,             9,  false
          """)
  void onlyAnAlarmThatChangedSinceNeedsItsHistory(Alarm.State state, Integer seconds, boolean may) {
    Instant changedAt = seconds == null ? null : Sample.START.plusSeconds(seconds);
    Alarm alarm = new Alarm("errors", state, null, "", changedAt, null, null, false);
    assertThat(alarm.mayHaveFiredSince(Sample.START)).isEqualTo(may);
  }

  @Test
  void aNamedAlarmThatIsGoneFailsClosed() {
    Deployment deployment = Sample.at(1, Sample.release(List.of("errors", "latency")));
    Alarm fine = new Alarm("latency", Alarm.State.OK, null, "");
    Decision<Action> decision = decide(deployment, List.of(fine), 10);
    assertThat(decision.action()).isEqualTo(Action.ROLL_BACK);
    assertThat(decision.reason()).isEqualTo("CloudWatch does not know the alarm errors");
  }

  @Test
  void anAlarmThatFiredBeforeTheStartMayGoOnOnlyIfThatWasOverridden() {
    Alarm firing = new Alarm("errors", Alarm.State.ALARM, null, "");
    Alarm fresh = new Alarm("latency", Alarm.State.ALARM, null, "");
    CheckOverride waiver =
        new CheckOverride(List.of(CheckOverride.Check.ALARM_ALREADY_FIRING), "An", "the fix");
    Deployment overridden =
        Sample.at(0, Sample.release(List.of(), waiver), Sample.snapshot("errors"));
    assertThat(decide(overridden, List.of(firing), 120).action()).isEqualTo(Action.ADVANCE);
    assertThat(decide(overridden, List.of(firing, fresh), 120).action())
        .isEqualTo(Action.ROLL_BACK);
    Deployment not = Sample.at(0, Sample.release(), Sample.snapshot("errors"));
    assertThat(decide(not, List.of(firing), 120).action()).isEqualTo(Action.ROLL_BACK);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # state, changed, fired: seconds after the snapshot, - for never
          ALARM, -60,  -, ADVANCE
          ALARM,  30,  -, ROLL_BACK
          OK,     40, 30, ROLL_BACK
          OK,     40,  -, ADVANCE
          """,
      nullValues = "-")
  void anOverriddenAlarmThatClearedAndFiresAnewIsNotCovered(
      Alarm.State state, int changed, Integer fired, Action action) {
    CheckOverride waiver =
        new CheckOverride(List.of(CheckOverride.Check.ALARM_ALREADY_FIRING), "An", "the fix");
    Deployment overridden =
        Sample.at(0, Sample.release(List.of(), waiver), Sample.snapshot("errors"));
    Instant taken = overridden.snapshot().takenAt();
    Instant firedAt = fired == null ? null : taken.plusSeconds(fired);
    Alarm alarm =
        new Alarm("errors", state, null, "", taken.plusSeconds(changed), firedAt, null, false);
    assertThat(decide(overridden, List.of(alarm), 120).action()).isEqualTo(action);
  }

  private static Decision<Action> decide(Deployment deployment, List<Alarm> alarms, int seconds) {
    return AlarmPolicy.decide(
        deployment, capacity(2, 0, 300), alarms, Sample.START.plusSeconds(seconds));
  }

  /** The test rule was written at 10 s, the first weight at 100 s. */
  @ParameterizedTest
  @CsvSource({"5, WAIT", "50, ROLL_BACK", "105, ROLL_BACK"})
  void anAlarmThatTestRequestsMadeFireIsHeldAgainstTheNewVersion(int firedAt, Action action) {
    Deployment tested = Sample.at(-1, Sample.tested(), Sample.testedSnapshot());
    Deployment shifted =
        tested.with(
            tested
                .progress()
                .tested(Sample.START.plusSeconds(10))
                .shifted(0, Weights.canaryAt(25), Sample.START.plusSeconds(100)));
    Alarm alarm =
        new Alarm(
            "errors",
            Alarm.State.ALARM,
            null,
            "",
            Sample.START.plusSeconds(firedAt),
            null,
            Set.of(shifted.target().canary().dimension()),
            false);
    assertThat(decide(shifted, List.of(alarm), 120).action()).isEqualTo(action);
  }

  @Test
  void anAlarmThatWatchedAtTheStartAndIsGoneIsNotOk() {
    Snapshot plain = Sample.snapshot();
    Snapshot watched =
        new Snapshot(
            plain.takenAt(),
            plain.actions(),
            plain.stable(),
            plain.canary(),
            plain.scaling(),
            List.of(),
            List.of("errors", "latency"),
            List.of());
    Deployment deployment = Sample.at(1, Sample.release(), watched);
    Alarm latency = new Alarm("latency", Alarm.State.OK, null, "");
    Decision<Action> decision = decide(deployment, List.of(latency), 120);
    assertThat(decision.action()).isEqualTo(Action.ROLL_BACK);
    assertThat(decision.reason()).isEqualTo("CloudWatch does not know the alarm errors");
    assertThat(AlarmPolicy.reasonToStop(deployment, List.of())).isPresent();
  }

  private static final String BLUE = Side.dimensionOf(Sample.BLUE);
  private static final String GREEN = Side.dimensionOf(Sample.GREEN);

  /** What has no traffic measures nothing, so it says neither good nor bad. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          step | group | state             | action
          3    | blue  | ALARM             | ASK
          3    | blue  | INSUFFICIENT_DATA | ASK
          3    | blue  | UNKNOWN           | ASK
          3    | green | ALARM             | ROLL_BACK
          3    | green | INSUFFICIENT_DATA | WAIT
          3    | both  | ALARM             | ROLL_BACK
          3    | more  | ALARM             | ROLL_BACK
          3    | more  | INSUFFICIENT_DATA | WAIT
          3    | none  | ALARM             | ROLL_BACK
          2    | blue  | ALARM             | ROLL_BACK
          2    | blue  | INSUFFICIENT_DATA | WAIT
          """,
      useHeadersInDisplayName = true)
  void anAlarmOfTheStableGroupAloneCountsWhileThatHasTraffic(
      int step, String group, Alarm.State state, Action action) {
    Deployment deployment = Sample.at(step);
    Alarm alarm = new Alarm("hosts", state, null, "", Sample.START, null, groups(group), false);
    Alarm fine = new Alarm("errors", Alarm.State.OK, null, "");
    List<Alarm> watched = watched(deployment, new FixedAlarms(alarm, fine));
    assertThat(decide(deployment, watched, 120).action()).isEqualTo(action);
  }

  /**
   * The version that is taken back had all traffic until 0 s, or has half of it until the last
   * step.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          step | group | state | changed | fired | look | action
          1    | none  | ALARM | -60     | -     | 60   | WAIT
          1    | none  | ALARM | -60     | -     | 130  | WAIT
          1    | none  | ALARM | -60     | -     | 721  | ROLL_BACK
          1    | none  | ALARM | 100     | -     | 110  | WAIT
          1    | both  | ALARM | 180     | -     | 190  | WAIT
          1    | none  | ALARM | 181     | -     | 190  | ROLL_BACK
          1    | green | ALARM | 10      | -     | 20   | ROLL_BACK
          1    | blue  | ALARM | -60     | -     | 130  | SKIP_APPROVAL
          1    | none  | OK    | 100     | 60    | 130  | SKIP_APPROVAL
          1    | none  | OK    | 185     | 181   | 190  | ROLL_BACK
          0    | none  | ALARM | 100     | -     | 130  | ADVANCE
          0    | blue  | ALARM | 200     | -     | 230  | ADVANCE
          0    | green | ALARM | 10      | -     | 20   | ROLL_BACK
          """,
      useHeadersInDisplayName = true)
  void whatTheVersionDoesThatIsTakenBackIsNotHeldAgainstTheOneBefore(
      int step,
      String group,
      Alarm.State state,
      int changed,
      Integer fired,
      int look,
      Action action) {
    Release revert =
        Sample.revert(
            Sample.IMAGE,
            new Revert("run-0", "slow", null),
            List.of(new Step(50, 120), new Step(100, 120)));
    Deployment deployment = Sample.at(step, revert);
    Alarm alarm =
        new Alarm(
            "errors",
            state,
            null,
            "",
            Sample.START.plusSeconds(changed),
            fired == null ? null : Sample.START.plusSeconds(fired),
            groups(group),
            false);
    List<Alarm> watched = watched(deployment, new FixedAlarms(alarm));
    assertThat(decide(deployment, watched, look).action()).isEqualTo(action);
  }

  @Test
  void whatIsSetAsideIsTold() {
    Deployment deployment = Sample.at(3);
    Alarm alarm =
        new Alarm(
            "hosts", Alarm.State.ALARM, null, "0 < 1", Sample.START, null, groups("blue"), false);
    Alarm fine = new Alarm("errors", Alarm.State.OK, null, "");
    List<Alarm> watched = watched(deployment, new FixedAlarms(alarm, fine));
    assertThat(decide(deployment, watched, 120).reason())
        .isEqualTo(
            "the step at 100 % baked 120 s with 1 alarms and counts OK; hosts is ALARM, which does not count:"
                + " its target group has no traffic: 0 < 1;"
                + " too few requests to say whether the new version is worse");
  }

  /** CloudWatch answers three questions for a history a second, in the whole account. */
  @Test
  void theHistoryOfWhatIsSetAsideIsNotRead() {
    Deployment deployment = Sample.at(3);
    Instant later = Sample.START.plusSeconds(5);
    Alarm aside = new Alarm("hosts", Alarm.State.OK, null, "", later, null, groups("blue"), false);
    Alarm counts = new Alarm("errors", Alarm.State.OK, null, "", later, null, null, false);
    List<String> asked = new ArrayList<>();
    AlarmReader reader =
        new AlarmReader() {
          @Override
          public List<Alarm> watching(List<String> dimensions, List<String> names) {
            return List.of(aside, counts);
          }

          @Override
          public List<Alarm> named(List<String> names) {
            return List.of(aside, counts);
          }

          @Override
          public Map<String, Instant> firedSince(List<String> names, Instant since) {
            asked.addAll(names);
            return Map.of();
          }
        };
    assertThat(watched(deployment, reader)).hasSize(2);
    assertThat(asked).containsExactly("errors");
  }

  /**
   * The canary got its first traffic at 0 s, and its alarm fired in the parked group or later. It
   * has until the deadline for missing data to clear.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          group | changed | seconds | action
          green | -600    | 0       | WAIT
          green | -600    | 120     | WAIT
          green | -600    | 720     | WAIT
          green | -600    | 721     | ROLL_BACK
          green | -1      | 120     | WAIT
          green | 0       | 120     | ROLL_BACK
          green | 30      | 60      | ROLL_BACK
          blue  | -600    | 0       | ROLL_BACK
          both  | -600    | 0       | ROLL_BACK
          more  | -600    | 0       | ROLL_BACK
          none  | -600    | 0       | ROLL_BACK
          """,
      useHeadersInDisplayName = true)
  void anAlarmThatFiredInTheParkedGroupHasTimeToClear(
      String group, int changed, int seconds, Action action) {
    Deployment sample = Sample.at(-1);
    Deployment deployment =
        sample.with(sample.progress().shifted(0, Weights.canaryAt(25), Sample.START));
    Alarm alarm =
        new Alarm(
            "hosts",
            Alarm.State.ALARM,
            null,
            "",
            Sample.START.plusSeconds(changed),
            null,
            groups(group),
            false);
    assertThat(decide(deployment, List.of(alarm), seconds).action()).isEqualTo(action);
  }

  /** The alarm of a step needs 180 s to fire. */
  @ParameterizedTest
  @CsvSource({"0, 20", "179, 20", "180, 30", "280, 20", "299, 1"})
  void aStepIsLookedAtMoreOftenWhileItsAlarmMayFire(int seconds, int wait) {
    Deployment deployment = Sample.at(0, Sample.baking(300));
    assertThat(decide(deployment, List.of(), seconds).waitSeconds()).isEqualTo(wait);
  }

  private static List<Alarm> watched(Deployment deployment, AlarmReader alarms) {
    return new WatchedAlarms(alarms).look(deployment).requireRead().alarms();
  }

  private static Set<String> groups(String name) {
    return switch (name) {
      case "blue" -> Set.of(BLUE);
      case "green" -> Set.of(GREEN);
      case "both" -> Set.of(BLUE, GREEN);
      case "more" -> Set.of(BLUE, Alarm.BEYOND);
      case "none" -> Set.of();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private record FixedAlarms(List<Alarm> alarms) implements AlarmReader {
    FixedAlarms(Alarm... alarms) {
      this(List.of(alarms));
    }

    @Override
    public List<Alarm> watching(List<String> dimensions, List<String> names) {
      return alarms;
    }

    @Override
    public List<Alarm> named(List<String> names) {
      return alarms;
    }

    @Override
    public Map<String, Instant> firedSince(List<String> names, Instant since) {
      return Map.of();
    }
  }
}
