package io.crossfade.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.command.Command;
import io.crossfade.command.CommandLook;
import io.crossfade.command.CommandStore;
import io.crossfade.command.GivenCommand;
import io.crossfade.fleet.TargetHealth;
import io.crossfade.gate.Alarm;
import io.crossfade.gate.AlarmReader;
import io.crossfade.gate.CountedRequests;
import io.crossfade.gate.CountedRequests.Metric;
import io.crossfade.gate.WatchedAlarms;
import io.crossfade.release.Bake;
import io.crossfade.release.ComparedSteps;
import io.crossfade.release.Comparison;
import io.crossfade.release.Deployment;
import io.crossfade.release.Invocation;
import io.crossfade.release.PermanentFailure;
import io.crossfade.release.Sample;
import io.crossfade.release.TransientFailure;
import io.crossfade.release.Versioned;
import io.crossfade.traffic.ListenerRule;
import io.crossfade.traffic.ListenerRules;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestApprovalHandlerTest {
  private static final Instant COUNTED = Sample.START.plusSeconds(60);
  private static final Instant NOW = Sample.START.plusSeconds(900);

  private final FakeMessenger messenger = new FakeMessenger();

  /** The last minutes of the step before show while the last one bakes, or later. */
  @Test
  void aVersionThatTurnsOutToBeWorseIsNotPutToAnybody() {
    assertThatThrownBy(() -> ask(20))
        .isInstanceOf(PermanentFailure.class)
        .hasMessage(
            "at the step at 100 %: the new version is clearly worse than the old one:"
                + " it failed 20 of 300, where the old one would have failed 0.0");
    assertThat(messenger.posted).isEmpty();
  }

  @Test
  void theQuestionSaysWhatTheComparisonFound() {
    ask(1);
    assertThat(messenger.posted)
        .singleElement()
        .satisfies(
            message ->
                assertThat(message.blocks().toString())
                    .contains(
                        "*Comparison*\nthe new version is no worse than the old one:"
                            + " it failed 1 of 300, where the old one would have failed 0.0"));
  }

  @Test
  void commandsThatCannotBeReadForAMomentAreReadAgain() {
    assertThatThrownBy(() -> ask(1, new UnreadCommands(1)))
        .isInstanceOf(PermanentFailure.class)
        .hasMessage("rollback by arn:ann: slow");
  }

  /** A retry of the state would come with another token, and ask a second time. */
  @Test
  void aQuestionThatIsAskedIsWaitedForThoughCommandsCannotBeRead() {
    ask(1, new UnreadCommands(Integer.MAX_VALUE));
    assertThat(messenger.posted).hasSize(1);
  }

  private void ask(double failed) {
    ask(failed, new NoCommands());
  }

  private void ask(double failed, CommandStore commands) {
    CountedRequests counted =
        new CountedRequests(
            Map.of(
                Metric.STABLE_REQUESTS, Map.of(COUNTED, 900.0),
                Metric.CANARY_REQUESTS, Map.of(COUNTED, 300.0, COUNTED.plusSeconds(60), 300.0),
                Metric.CANARY_5XX, Map.of(COUNTED, failed)));
    Deployment sample = Sample.at(3);
    Bake bake = new Bake(Sample.START, Sample.START.plusSeconds(300));
    Deployment deployment =
        sample.with(sample.progress().with(new ComparedSteps(List.of(bake), 300, Comparison.NONE)));
    EvidenceReader reader =
        new EvidenceReader(
            new FixedRule(),
            group -> new TargetHealth.Reading(Map.of("healthy", 2)),
            new WatchedAlarms(new QuietAlarm()),
            (rule, target, from, to) -> counted);
    new RequestApprovalHandler(
            reader, new FakeApprovalStore(), messenger, new CommandLook(commands))
        .handleRequest(
            new Invocation(
                deployment, Sample.EXECUTION, NOW, null, CallbackBench.TOKEN, false, false),
            null);
  }

  private record NoCommands() implements CommandStore {
    @Override
    public Optional<Versioned<GivenCommand>> last(String deployment) {
      return Optional.empty();
    }

    @Override
    public boolean give(
        String deployment, Optional<Versioned<GivenCommand>> found, GivenCommand next) {
      throw new AssertionError("a look gives no commands");
    }
  }

  /** A rollback that cannot be read so many times. */
  private static final class UnreadCommands implements CommandStore {
    private int left;

    private UnreadCommands(int times) {
      left = times;
    }

    @Override
    public Optional<Versioned<GivenCommand>> last(String deployment) {
      if (left-- > 0) {
        throw new TransientFailure("S3 is away");
      }
      GivenCommand rollback =
          new GivenCommand("c-1", Command.ROLLBACK, null, "arn:ann", "slow", NOW);
      return Optional.of(new Versioned<>(rollback, "v1"));
    }

    @Override
    public boolean give(
        String deployment, Optional<Versioned<GivenCommand>> found, GivenCommand next) {
      throw new AssertionError("a question gives no commands");
    }
  }

  private record FixedRule() implements ListenerRules {
    @Override
    public ListenerRule read(String ruleArn) {
      return new ListenerRule(ruleArn, false, List.of(Sample.forward(0, 100)));
    }

    @Override
    public List<String> unknownFields(ListenerRule rule) {
      return List.of();
    }

    @Override
    public void write(ListenerRule rule) {
      throw new IllegalStateException("a question writes no rule");
    }
  }

  private record QuietAlarm() implements AlarmReader {
    private static final List<Alarm> ONE = List.of(new Alarm("errors", Alarm.State.OK, null, ""));

    @Override
    public List<Alarm> watching(List<String> dimensions, List<String> names) {
      return ONE;
    }

    @Override
    public List<Alarm> named(List<String> names) {
      return ONE;
    }

    @Override
    public Map<String, Instant> firedSince(List<String> names, Instant since) {
      return Map.of();
    }
  }
}
