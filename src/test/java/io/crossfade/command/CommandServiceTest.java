package io.crossfade.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.execution.FakeExecutions;
import io.crossfade.release.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Commands that meet. Between a read and its write somebody else is faster. */
class CommandServiceTest {
  private final FakeCommandStore store = new FakeCommandStore();
  private final List<GivenCommand> rejected = new ArrayList<>();
  private final CommandService service =
      new CommandService(
          new FakeExecutions("Bake", Sample.at(1)),
          store,
          (deployment, rollback) -> rejected.add(rollback),
          FakeExecutions.JSON,
          Optional.of(FakeExecutions.PREFIX));

  private static GivenCommand given(String id, Command command) {
    return new GivenCommand(id, command, null, "arn:" + id, "so", Sample.START);
  }

  private CommandResult give(GivenCommand command) {
    return service.give("run-1", command, release -> Optional.empty());
  }

  @Test
  void aRollbackTakesThePlaceOfAPauseThatWasFaster() {
    GivenCommand rollback = given("ben", Command.ROLLBACK);
    store.faster.add(given("ann", Command.PAUSE));
    assertThat(give(rollback).status()).isEqualTo(CommandResult.Status.GIVEN);
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
    assertThat(result.status()).isEqualTo(CommandResult.Status.ILLEGAL);
    assertThat(result.sentence()).startsWith("another command waits to be taken up");
    assertThat(store.stored.document()).isEqualTo(rollback);
    assertThat(rejected).isEmpty();
  }

  /** The answer was lost, and the retry of the write is refused by what it has written itself. */
  @Test
  void aCommandThatFindsItselfIsGiven() {
    GivenCommand pause = given("ann", Command.PAUSE);
    store.faster.add(pause);
    assertThat(give(pause).status()).isEqualTo(CommandResult.Status.GIVEN);
  }

  /** Whoever sends a request again gets what the first one got. */
  @Test
  void aCommandThatIsSentAgainLaterIsTheSame() {
    give(given("ann", Command.PAUSE));
    GivenCommand again =
        new GivenCommand("ann", Command.PAUSE, null, "arn:ann", "so", Sample.START.plusSeconds(9));
    assertThat(give(again).status()).isEqualTo(CommandResult.Status.GIVEN);
    assertThat(store.stored.document().at()).isEqualTo(Sample.START);
  }

  @Test
  void whoMayNotIsToldWhyAndNothingIsStored() {
    CommandResult result =
        service.give("run-1", given("ann", Command.PAUSE), release -> Optional.of("not you"));
    assertThat(result)
        .isEqualTo(new CommandResult(CommandResult.Status.ILLEGAL, "no pause: not you"));
    assertThat(store.stored).isNull();
  }

  @Test
  void aRollbackThatIsAlwaysSlowerIsToldSo() {
    store.faster.addAll(
        List.of(given("a", Command.PAUSE), given("b", Command.PAUSE), given("c", Command.PAUSE)));
    assertThat(give(given("ben", Command.ROLLBACK)))
        .isEqualTo(
            new CommandResult(
                CommandResult.Status.ILLEGAL,
                "no rollback: other commands are given all the time; give it again"));
    assertThat(rejected).isEmpty();
  }
}
