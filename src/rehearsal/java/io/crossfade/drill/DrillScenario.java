package io.crossfade.drill;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Why the release must be turned back. */
public enum DrillScenario {
  /** ALARM means that one of the release's alarms is set to ALARM at 50 %. */
  ALARM(List.of(25, 50, 100), 50),

  /** REJECT means that a person who is asked in Slack says no. */
  REJECT(List.of(50, 100), 100),

  /** STOP means that the execution is stopped at 25 %, and the guardian has to restore. */
  STOP(List.of(25, 100), 25);

  private final List<Integer> weights;
  private final int turn;

  DrillScenario(List<Integer> weights, int turn) {
    this.weights = weights;
    this.turn = turn;
  }

  /** The steps of the release, in percent. */
  public List<Integer> weights() {
    return weights;
  }

  /** The highest share that the second set of tasks gets before everything is turned back. */
  public int turn() {
    return turn;
  }

  /** The steps that are baked until then. */
  int bakes() {
    return weights.indexOf(turn) + 1;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static String labels() {
    return Arrays.stream(values()).map(DrillScenario::label).collect(Collectors.joining(", "));
  }
}
