package io.crossfade.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.release.Deployment;
import io.crossfade.release.Sample;
import io.crossfade.release.TransientFailure;
import io.crossfade.release.Weights;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is read of the account's alarms at one look, and what is said of what cannot be read. */
class WatchedAlarmsTest {
  private static final Instant LATER = Sample.START.plusSeconds(5);

  private final FakeAlarms account = new FakeAlarms();
  private final Deployment first = Sample.at(0);

  @Test
  void theAccountIsSweptAtAStepsStartAndReadByNameThen() {
    account.put("errors", Alarm.State.OK);
    Deployment swept = look(first).deployment();
    look(look(swept).deployment());
    assertThat(account.calls).containsExactly("sweep", "named [errors]", "named [errors]");

    account.calls.clear();
    look(nextStep(swept));
    assertThat(account.calls).containsExactly("sweep");
  }

  @Test
  void anAlarmThatIsMadeDuringAStepIsSeenFromTheNextOn() {
    Deployment swept = look(first).deployment();
    account.put("made", Alarm.State.ALARM);
    assertThat(look(swept).alarms()).isEmpty();

    WatchedAlarms.Look next = look(nextStep(swept));
    assertThat(next.alarms()).extracting(Alarm::name).containsExactly("made");
    assertThat(look(next.deployment()).alarms()).extracting(Alarm::name).containsExactly("made");
  }

  /** Be it during that step or between two. */
  @Test
  void anAlarmThatAnySweepHasFoundIsMissedWhenItIsGone() {
    account.put("errors", Alarm.State.OK);
    Deployment swept = look(first).deployment();
    account.alarms.clear();
    assertThat(stop(look(swept))).isEqualTo("CloudWatch does not know the alarm errors");
    assertThat(stop(look(nextStep(swept)))).isEqualTo("CloudWatch does not know the alarm errors");
  }

  @Test
  void whatCannotBeReadIsUnknownAndTheStepIsSweptAtTheNextLook() {
    account.put("errors", Alarm.State.OK);
    Deployment swept = look(first).deployment();
    account.throttled = List.of("sweep", "named");

    assertThat(look(swept).alarms()).containsExactly(Alarm.unread("errors", "Rate exceeded"));
    WatchedAlarms.Look unswept = look(nextStep(swept));
    assertThat(unswept.alarms())
        .containsExactly(
            Alarm.unread("errors", "Rate exceeded"),
            Alarm.unread("any alarm made since the start", "Rate exceeded"));
    assertThat(stop(unswept)).isEmpty();

    account.throttled = List.of();
    account.put("made", Alarm.State.OK);
    assertThat(look(unswept.deployment()).alarms())
        .extracting(Alarm::name)
        .containsExactly("errors", "made");
  }

  @Test
  void aKnownAlarmIsHeardWhileTheAccountCannotBeSwept() {
    account.put("errors", Alarm.State.OK);
    Deployment next = nextStep(look(first).deployment());
    account.put("errors", Alarm.State.ALARM);
    account.throttled = List.of("sweep");
    assertThat(stop(look(next))).startsWith("at the step at 50 %: errors is ALARM");
  }

  @Test
  void anAlarmIsHeardWhileTheHistoryOfAnotherCannotBeRead() {
    account.put("errors", Alarm.State.OK);
    account.put("latency", Alarm.State.ALARM);
    account.throttled = List.of("history");
    WatchedAlarms.Look look = look(first);
    assertThat(look.alarms())
        .extracting(Alarm::name, Alarm::state)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("errors", Alarm.State.UNKNOWN),
            org.assertj.core.groups.Tuple.tuple("latency", Alarm.State.ALARM));
    assertThat(stop(look)).startsWith("at the step at 25 %: latency is ALARM");
  }

  /** Nobody is asked, and nothing is scaled in, on what could not be read. */
  @Test
  void whoeverGoesOnByTheAnswerIsToldThatThereIsNone() {
    account.put("errors", Alarm.State.OK);
    Deployment swept = look(first).deployment();
    account.throttled = List.of("named");
    assertThatThrownBy(() -> look(swept).requireRead()).isInstanceOf(TransientFailure.class);
  }

  private WatchedAlarms.Look look(Deployment deployment) {
    return new WatchedAlarms(account).look(deployment);
  }

  private static String stop(WatchedAlarms.Look look) {
    return AlarmPolicy.reasonToStop(look.deployment(), look.alarms()).orElse("");
  }

  private static Deployment nextStep(Deployment deployment) {
    return deployment.with(deployment.progress().shifted(1, Weights.canaryAt(50), Sample.START));
  }

  /** Alarms of one account, by name; each has changed its state in the present step. */
  private static final class FakeAlarms implements AlarmReader {
    final Map<String, Alarm> alarms = new TreeMap<>();
    final List<String> calls = new ArrayList<>();
    List<String> throttled = List.of();

    void put(String name, Alarm.State state) {
      alarms.put(name, new Alarm(name, state, null, "", LATER, null, null, false));
    }

    @Override
    public List<Alarm> watching(List<String> targetGroupDimensions, List<String> names) {
      answer("sweep");
      calls.add("sweep");
      return List.copyOf(alarms.values());
    }

    @Override
    public List<Alarm> named(List<String> names) {
      answer("named");
      calls.add("named " + names);
      return alarms.values().stream().filter(alarm -> names.contains(alarm.name())).toList();
    }

    @Override
    public Map<String, Instant> firedSince(List<String> names, Instant since) {
      answer("history");
      return Map.of();
    }

    private void answer(String question) {
      if (throttled.contains(question)) {
        throw new TransientFailure("Rate exceeded");
      }
    }
  }
}
