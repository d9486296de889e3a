package io.crossfade.command;

import io.crossfade.release.CommandState;
import io.crossfade.release.Deployment;
import io.crossfade.release.Pause;
import io.crossfade.release.Timings;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Which command is legal at which stage, what it does there, and why not elsewhere. */
public final class CommandPolicy {
  private static final int SHORTEST_PAUSE_SECONDS = 60;
  private static final String NOT_PAUSED = "the release is not paused";
  private static final String OVER = "the release is over";
  private static final String PUT_BACK = "the release is being put back already";
  private static final String PLANNED = "the release is being planned, and has changed nothing yet";
  private static final String SCALING_IN = "the old version is going, so the way out is forward";

  private CommandPolicy() {}

  /** Why a command means nothing at a stage; empty where it is legal. */
  public static Optional<String> problem(Command command, CommandStage stage) {
    return switch (stage) {
      case PLANNING -> Optional.of(PLANNED);
      case ROLLING_BACK -> Optional.of(PUT_BACK);
      case OVER -> Optional.of(OVER);
      case SCALING_IN -> Optional.of(SCALING_IN);
      case STARTING, BAKING, PAUSED, ASKING, DRAINING ->
          switch (command) {
            case PAUSE -> problemOfPause(stage);
            case CONTINUE ->
                stage == CommandStage.PAUSED ? Optional.empty() : Optional.of(NOT_PAUSED);
            case PROMOTE -> problemOfPromotion(stage);
            case ROLLBACK -> Optional.empty();
          };
    };
  }

  /**
   * Why this command means nothing to a deployment as it is at a stage; empty where it is legal.
   */
  static Optional<String> problem(GivenCommand given, CommandStage stage, Deployment deployment) {
    return problem(given.command(), given.weight(), stage, deployment);
  }

  /**
   * @param weight the step's that a promotion is meant for
   */
  static Optional<String> problem(
      Command command, Integer weight, CommandStage stage, Deployment deployment) {
    return problem(command, stage)
        .or(
            () ->
                switch (command) {
                  case PAUSE -> problemOfTime(pauseSecondsLeft(deployment));
                  case PROMOTE -> problemOfWeight(weight, deployment.progress().weights().canary());
                  case CONTINUE, ROLLBACK -> Optional.empty();
                });
  }

  /** How long the release may yet be paused. */
  static int pauseSecondsLeft(Deployment deployment) {
    return Timings.PAUSE_SECONDS - deployment.commands().pausedSeconds();
  }

  /** A pause ends by a rollback; nobody could end so short a one otherwise. */
  private static Optional<String> problemOfTime(int left) {
    return left >= SHORTEST_PAUSE_SECONDS
        ? Optional.empty()
        : Optional.of(
            "the release has been paused for %d of %d s"
                .formatted(Timings.PAUSE_SECONDS - left, Timings.PAUSE_SECONDS));
  }

  /** The same deployment as if its pause had not ended, if it is paused. */
  static Deployment withinItsPause(Deployment deployment, Instant now) {
    Pause pause = deployment.commands().pause();
    if (pause == null || now.isBefore(pause.until())) {
      return deployment;
    }
    Pause longer = new Pause(pause.by(), pause.why(), pause.since(), now.plusSeconds(1));
    return deployment.with(deployment.commands().withPause(longer));
  }

  /** Whoever says it twice, or late, has not seen the metrics of the step that is on by then. */
  private static Optional<String> problemOfWeight(Integer meant, int present) {
    return Integer.valueOf(present).equals(meant)
        ? Optional.empty()
        : Optional.of(
            "it was meant for %s %%, and the release is at %d %%".formatted(meant, present));
  }

  private static Optional<String> problemOfPause(CommandStage stage) {
    return switch (stage) {
      case BAKING -> Optional.empty();
      case PAUSED -> Optional.of("the release is paused already");
      case ASKING -> Optional.of("the release waits for an answer in Slack anyway");
      case DRAINING -> Optional.of("the release has no step before it any more; roll it back");
      case STARTING, PLANNING, SCALING_IN, ROLLING_BACK, OVER ->
          Optional.of("the new version has no traffic yet, so there is no step to hold");
    };
  }

  private static Optional<String> problemOfPromotion(CommandStage stage) {
    return switch (stage) {
      case BAKING, PAUSED -> Optional.empty();
      case ASKING -> Optional.of("the release waits for an answer in Slack, which is given there");
      case DRAINING -> Optional.of("the last step is over; the old version goes once it is quiet");
      case STARTING, PLANNING, SCALING_IN, ROLLING_BACK, OVER ->
          Optional.of("no step bakes yet, and the health of the new version is not skipped");
    };
  }

  /**
   * What a look makes of the command that is stored: nothing if it was taken up before. A look may
   * be repeated, and then says the same again. A command that means nothing any more is put on the
   * record, too.
   *
   * @param at where the look is made
   */
  static Taken takeUp(
      Deployment deployment, CommandStage at, Optional<GivenCommand> stored, Instant now) {
    return stored
        .filter(command -> command.awaits(deployment))
        .map(command -> takeUp(deployment, at.in(deployment), command, now))
        .orElseGet(() -> new Taken(deployment, null));
  }

  private static Taken takeUp(
      Deployment deployment, CommandStage stage, GivenCommand command, Instant now) {
    Optional<String> problem = problem(command, stage, deployment);
    String sentence =
        problem
            .map(why -> "%s; not taken up: %s".formatted(command.sentence(), why))
            .orElseGet(command::sentence);
    CommandState before = deployment.commands().withTaken(command.id());
    CommandState after = problem.isPresent() ? before : after(deployment, before, command, now);
    Deployment next = deployment.with(after);
    boolean back = problem.isEmpty() && command.command() == Command.ROLLBACK;
    // The decision to go back is itself put on the record.
    return back ? new Taken(next, sentence) : new Taken(next.recordEvent(sentence, now), null);
  }

  private static CommandState after(
      Deployment deployment, CommandState before, GivenCommand command, Instant now) {
    int step = deployment.progress().step();
    return switch (command.command()) {
      case PAUSE -> before.withPause(pause(deployment, command, now));
      case CONTINUE ->
          before
              .continued(now)
              .withBakeEnd(step, Collections.max(List.of(deployment.bakeEnds(), now)));
      case PROMOTE -> before.continued(now).withBakeEnd(step, promoted(deployment, now));
      case ROLLBACK -> before;
    };
  }

  /**
   * What holds a step for data or targets counts from the end of its bake. A pause may have
   * outlasted the bake, and that time is not held against the step.
   */
  private static Instant promoted(Deployment deployment, Instant now) {
    return deployment.commands().pause() == null
        ? Collections.min(List.of(deployment.bakeEnds(), now))
        : now;
  }

  private static Pause pause(Deployment deployment, GivenCommand command, Instant now) {
    Instant until = now.plusSeconds(pauseSecondsLeft(deployment));
    return new Pause(command.by(), command.why(), now, until);
  }
}
