package io.crossfade.release;

import java.util.List;

/**
 * A look through all alarms of the account, which is made once for each step: CloudWatch answers
 * nine such questions a second in a whole account.
 *
 * @param step index of the step at whose start it was made
 * @param found names of all alarms that any sweep has found and the start did not know
 */
public record AlarmSweep(int step, List<String> found) {
  static final AlarmSweep NONE = new AlarmSweep(-1, List.of());

  public AlarmSweep {
    found = found == null ? List.of() : List.copyOf(found);
  }

  /** Whether there was one at all. */
  public boolean made() {
    return step >= 0;
  }
}
