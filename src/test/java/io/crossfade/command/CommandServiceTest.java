package io.crossfade.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.crossfade.execution.EnteredState;
import io.crossfade.execution.Execution;
import io.crossfade.execution.ExecutionStatus;
import io.crossfade.execution.Executions;
import io.crossfade.release.Sample;
import io.crossfade.release.Versioned;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Commands that meet. Between a read and its write somebody else is faster. */
class CommandServiceTest {
  private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule());

  private final RacedStore store = new RacedStore();
  private final List<GivenCommand> rejected = new ArrayList<>();
  private final CommandService service =
      new CommandService(
          new Baking(),
          store,
          (deployment, rollback) -> rejected.add(rollback),
          JSON,
          Optional.of("arn:aws:states:eu-central-1:123456789012:execution:crossfade-release"));

  private static GivenCommand given(String id, Command command) {
    return new GivenCommand(id, command, null, "arn:" + id, "so", Sample.START);
  }

  private CommandResult give(GivenCommand command) {
    return service.give("run-1", command);
  }

  @Test
  void aRollbackTakesThePlaceOfAPauseThatWasFaster() {
    GivenCommand rollback = given("ben", Command.ROLLBACK);
    store.faster.add(given("ann", Command.PAUSE));
    assertThat(give(rollback).status()).isEqualTo(CommandAnswer.Status.GIVEN);
    assertThat(store.stored.document()).isEqualTo(rollback);
    assertThat(rejected).containsExactly(rollback);
  }

  @Test
  void ofTwoRollbacksTheFasterOneIsTheCommand() {
    GivenCommand faster = given("ann", Command.ROLLBACK);
    store.faster.add(faster);
    assertThat(give(given("ben", Command.ROLLBACK)).sentence()).startsWith("rollback by arn:ann");
    assertThat(store.stored.document()).isEqualTo(faster);
    assertThat(rejected).containsExactly(faster);
  }

  @Test
  void aPauseThatWasSlowerThanARollbackIsTold() {
    GivenCommand rollback = given("ann", Command.ROLLBACK);
    store.faster.add(rollback);
    CommandResult result = give(given("ben", Command.PAUSE));
    assertThat(result.status()).isEqualTo(CommandAnswer.Status.ILLEGAL);
    assertThat(result.sentence()).startsWith("another command waits to be taken up");
    assertThat(store.stored.document()).isEqualTo(rollback);
    assertThat(rejected).isEmpty();
  }

  /** The answer was lost, and the retry of the write is refused by what it has written itself. */
  @Test
  void aCommandThatFindsItselfIsGiven() {
    GivenCommand pause = given("ann", Command.PAUSE);
    store.faster.add(pause);
    assertThat(give(pause).status()).isEqualTo(CommandAnswer.Status.GIVEN);
  }

  @Test
  void aRollbackThatIsAlwaysSlowerIsToldSo() {
    store.faster.addAll(
        List.of(given("a", Command.PAUSE), given("b", Command.PAUSE), given("c", Command.PAUSE)));
    assertThat(give(given("ben", Command.ROLLBACK)))
        .isEqualTo(
            new CommandResult(
                CommandAnswer.Status.ILLEGAL,
                "no rollback: other commands are given all the time; give it again"));
    assertThat(rejected).isEmpty();
  }

  /** Each of the faster ones is written just before a write of the service. */
  private static final class RacedStore implements CommandStore {
    private final Deque<GivenCommand> faster = new ArrayDeque<>();
    private Versioned<GivenCommand> stored;

    @Override
    public Optional<Versioned<GivenCommand>> last(String deployment) {
      return Optional.ofNullable(stored);
    }

    @Override
    public boolean give(
        String deployment, Optional<Versioned<GivenCommand>> found, GivenCommand next) {
      if (!faster.isEmpty()) {
        write(faster.remove());
      }
      if (!found.equals(last(deployment))) {
        return false;
      }
      write(next);
      return true;
    }

    private void write(GivenCommand next) {
      stored = new Versioned<>(next, next.id());
    }
  }

  private static final class Baking implements Executions {
    @Override
    public Optional<EnteredState> lastEntered(String executionArn) {
      return Optional.of(
          new EnteredState(
              "Bake", JSON.valueToTree(Sample.at(1)).toString(), ExecutionStatus.RUNNING));
    }

    @Override
    public ExecutionStatus status(String executionArn) {
      throw new AssertionError("a command asks for the last state alone");
    }

    @Override
    public Execution find(String executionArn) {
      throw new AssertionError("a command asks for the last state alone");
    }

    @Override
    public boolean start(String machineArn, String name, Map<String, Object> input) {
      throw new AssertionError("a command starts nothing");
    }
  }
}
