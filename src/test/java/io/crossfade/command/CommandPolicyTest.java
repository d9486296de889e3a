package io.crossfade.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.architecture.StateMachine;
import io.crossfade.infrastructure.WrittenPart;
import io.crossfade.release.CommandState;
import io.crossfade.release.Deployment;
import io.crossfade.release.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code mvn test -Dtest=CommandPolicyTest -Ddocs=write} writes the table in the document anew. */
class CommandPolicyTest {
  private static final Path DOCUMENT = Path.of("docs", "commands.md");
  private static final String BEGIN = "<!-- written by CommandPolicyTest -->\n";
  private static final String END = "<!-- end -->\n";
  private static final Instant NOW = Sample.START.plusSeconds(60);

  static GivenCommand given(Command command) {
    return given(command, 50);
  }

  /** A promotion of the step at that weight. */
  private static GivenCommand given(Command command, Integer weight) {
    return new GivenCommand(
        "c-1",
        command,
        command == Command.PROMOTE ? weight : null,
        "arn:aws:iam::123456789012:user/ann",
        "so",
        NOW);
  }

  private static Taken take(Deployment deployment, CommandStage at, Command command) {
    return CommandPolicy.takeUp(deployment, at, Optional.of(given(command)), NOW);
  }

  private static Deployment paused() {
    return take(Sample.at(1), CommandStage.BAKING, Command.PAUSE).deployment();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # stage,      pause, continue, promote, rollback
          PLANNING,     false, false,    false,   false
          STARTING,     false, false,    false,   true
          BAKING,       true,  false,    true,    true
          PAUSED,       false, true,     true,    true
          ASKING,       false, false,    false,   true
          DRAINING,     false, false,    false,   true
          SCALING_IN,   false, false,    false,   false
          ROLLING_BACK, false, false,    false,   false
          OVER,         false, false,    false,   false
          """)
  void aCommandIsLegalWhereItMeansSomething(
      CommandStage stage, boolean pause, boolean continued, boolean promote, boolean rollback) {
    assertThat(
            Arrays.stream(Command.values())
                .map(command -> CommandPolicy.problem(command, stage).isEmpty()))
        .containsExactly(pause, continued, promote, rollback);
  }

  @Test
  void everyStateOfTheMachineHasItsStage() {
    Set<String> named = new TreeSet<>();
    Arrays.stream(CommandStage.values()).forEach(stage -> named.addAll(stage.states()));
    Set<String> ends = new TreeSet<>(StateMachine.ofType("Succeed", "Fail"));
    Set<String> over = new TreeSet<>(StateMachine.names());
    over.removeAll(named);
    over.removeAll(ends);
    assertThat(StateMachine.names()).containsAll(named);
    assertThat(over)
        .containsExactlyInAnyOrder(
            "RefuseByError",
            "FailToBeginRestore",
            "FailRestore",
            "NotifyRefused",
            "NotifyRolledBack",
            "NotifyRestoreIncomplete");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # state,       step, stage
          ShiftTraffic,  -1,   STARTING
          ShiftTraffic,   0,   BAKING
          RunChecks,     -1,   STARTING
          RunChecks,      1,   BAKING
          CheckAlarms,    3,   BAKING
          CheckHealth,   -1,   STARTING
          CheckDrain,     3,   DRAINING
          Released,       3,   OVER
          """)
  void theStageIsThatOfTheStateAndOfTheStep(String state, int step, CommandStage stage) {
    assertThat(CommandStage.of(state).in(Sample.at(step))).isEqualTo(stage);
  }

  @Test
  void aPauseHoldsTheStepForAnHourAndIsOnTheRecord() {
    Taken taken = take(Sample.at(1), CommandStage.BAKING, Command.PAUSE);
    assertThat(taken.rollback()).isNull();
    CommandState commands = taken.deployment().commands();
    assertThat(commands.taken()).isEqualTo("c-1");
    assertThat(commands.pause().until()).isEqualTo(NOW.plusSeconds(3600));
    assertThat(taken.deployment().timeline())
        .singleElement()
        .extracting(event -> event.what())
        .isEqualTo("pause by arn:aws:iam::123456789012:user/ann: so");
    assertThat(CommandStage.of("Bake").in(taken.deployment())).isEqualTo(CommandStage.PAUSED);
  }

  /** Two pauses of a release do not have an hour each. */
  @Test
  void allPausesTogetherHaveTheHour() {
    Deployment before = Sample.at(1).with(new CommandState(null, null, 3000, -1, null, false));
    Taken taken = take(before, CommandStage.BAKING, Command.PAUSE);
    assertThat(taken.deployment().commands().pause().until()).isEqualTo(NOW.plusSeconds(600));
  }

  /** It would be a rollback that nobody has the time to prevent. */
  @ParameterizedTest
  @CsvSource({"3540, true", "3541, false", "3600, false", "3700, false"})
  void aPauseNeedsAMinuteThatIsLeft(int paused, boolean takenUp) {
    Deployment before = Sample.at(1).with(new CommandState(null, null, paused, -1, null, false));
    Deployment after = take(before, CommandStage.BAKING, Command.PAUSE).deployment();
    assertThat(after.commands().pause() != null).isEqualTo(takenUp);
    assertThat(after.timeline().get(0).what().contains("not taken up: the release has been paused"))
        .isEqualTo(!takenUp);
  }

  @Test
  void afterAPauseTheStepBakesNoLongerThanItWould() {
    Deployment paused = paused();
    Instant later = NOW.plusSeconds(30);
    GivenCommand go = new GivenCommand("c-2", Command.CONTINUE, null, "arn:ann", "fine", later);
    Taken taken = CommandPolicy.takeUp(paused, CommandStage.BAKING, Optional.of(go), later);
    CommandState commands = taken.deployment().commands();
    assertThat(commands.pause()).isNull();
    assertThat(commands.pausedSeconds()).isEqualTo(30);
    assertThat(taken.deployment().bakeEnds()).isEqualTo(Sample.START.plusSeconds(120));
  }

  /** What holds a step for data or targets has its whole time once the pause is over. */
  @Test
  void aPauseThatOutlastsTheBakeMovesItsEnd() {
    Instant later = NOW.plusSeconds(900);
    GivenCommand go = new GivenCommand("c-2", Command.CONTINUE, null, "arn:ann", "fine", later);
    Taken taken = CommandPolicy.takeUp(paused(), CommandStage.BAKING, Optional.of(go), later);
    assertThat(taken.deployment().bakeEnds()).isEqualTo(later);
  }

  @Test
  void aPromotionEndsTheBakeOfThisStepAndOfNoOther() {
    Deployment promoted = take(Sample.at(1), CommandStage.BAKING, Command.PROMOTE).deployment();
    assertThat(promoted.bakeEnds()).isEqualTo(NOW);
    Deployment next =
        promoted.with(
            promoted.progress().shifted(2, io.crossfade.release.Weights.canaryAt(75), NOW));
    assertThat(next.bakeEnds()).isEqualTo(NOW.plusSeconds(120));
  }

  /** A stored one without a weight is of an earlier version. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # weight, step, taken up
          25,       0,    true
          25,       1,    false
          50,       1,    true
          ,         1,    false
          """)
  void aPromotionIsOfTheStepThatItsSenderSaw(Integer weight, int step, boolean takenUp) {
    GivenCommand promotion = given(Command.PROMOTE, weight);
    Deployment deployment =
        CommandPolicy.takeUp(Sample.at(step), CommandStage.BAKING, Optional.of(promotion), NOW)
            .deployment();
    assertThat(deployment.bakeEnds()).isEqualTo(takenUp ? NOW : Sample.START.plusSeconds(120));
    assertThat(deployment.commands().taken()).isEqualTo("c-1");
  }

  @Test
  void aPromotionEndsAPauseToo() {
    Deployment promoted =
        CommandPolicy.takeUp(
                paused(),
                CommandStage.BAKING,
                Optional.of(new GivenCommand("c-2", Command.PROMOTE, 50, "arn:ann", "go", NOW)),
                NOW)
            .deployment();
    assertThat(promoted.commands().pause()).isNull();
    assertThat(promoted.bakeEnds()).isEqualTo(NOW);
  }

  @Test
  void aPromotionOutOfAPauseThatOutlastsTheBakeEndsTheBakeThen() {
    Instant later = NOW.plusSeconds(900);
    GivenCommand go = new GivenCommand("c-2", Command.PROMOTE, 50, "arn:ann", "go", later);
    Taken taken = CommandPolicy.takeUp(paused(), CommandStage.BAKING, Optional.of(go), later);
    assertThat(taken.deployment().bakeEnds()).isEqualTo(later);
  }

  @Test
  void aRollbackSaysWhoAndWhy() {
    assertThat(
            take(paused().with(CommandState.NONE), CommandStage.DRAINING, Command.ROLLBACK)
                .rollback())
        .isEqualTo("rollback by arn:aws:iam::123456789012:user/ann: so");
  }

  @ParameterizedTest
  @EnumSource(Command.class)
  void aLookTakesNothingUpTwice(Command command) {
    Deployment once = take(Sample.at(1), CommandStage.BAKING, command).deployment();
    Taken again = take(once, CommandStage.BAKING, command);
    assertThat(again.deployment()).isSameAs(once);
    assertThat(again.rollback()).isNull();
  }

  /** A retry of the state comes with the document as it was before the look that died. */
  @ParameterizedTest
  @EnumSource(Command.class)
  void aLookThatIsRepeatedSaysTheSame(Command command) {
    Deployment before = Sample.at(1);
    assertThat(take(before, CommandStage.BAKING, command))
        .isEqualTo(take(before, CommandStage.BAKING, command));
  }

  @Test
  void whatMeansNothingAnyMoreIsOnTheRecordAndChangesNothing() {
    Deployment before = Sample.at(3);
    Taken taken = take(before, CommandStage.DRAINING, Command.PAUSE);
    assertThat(taken.rollback()).isNull();
    assertThat(taken.deployment().commands().pause()).isNull();
    assertThat(taken.deployment().timeline())
        .singleElement()
        .extracting(event -> event.what())
        .asString()
        .endsWith("so; not taken up: the release has no step before it any more; roll it back");
  }

  /** An execution's name may be used again after 90 days. */
  @Test
  void whatAnEarlierDeploymentOfThatNameWasToldMeansNothing() {
    Deployment before = Sample.at(1);
    GivenCommand old =
        new GivenCommand(
            "c-1", Command.ROLLBACK, null, "arn:ann", "so", Sample.START.minusSeconds(86_400));
    assertThat(CommandPolicy.takeUp(before, CommandStage.BAKING, Optional.of(old), NOW))
        .isEqualTo(new Taken(before, null));
  }

  private static String table() {
    String commands =
        Arrays.stream(Command.values())
            .map(command -> "`%s`".formatted(command.label()))
            .collect(Collectors.joining(" | "));
    StringBuilder table =
        new StringBuilder("| the release is | %s |%n|---|---|---|---|---|%n".formatted(commands));
    for (CommandStage stage : CommandStage.values()) {
      String cells =
          Arrays.stream(Command.values())
              .map(command -> CommandPolicy.problem(command, stage).orElse("**yes**"))
              .collect(Collectors.joining(" | "));
      String name = stage.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      table.append("| %s | %s |%n".formatted(name, cells));
    }
    return table.toString();
  }

  @Test
  void theDocumentHasTheTable() throws IOException {
    new WrittenPart(DOCUMENT, BEGIN, END).holds(table(), getClass());
  }
}
