package io.crossfade.localaws.cloudwatch;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/**
 * The state that an alarm is to have, and why.
 *
 * @param reasonData the same as JSON text; null if there is none
 */
record AlarmEvaluation(StateValue state, String reason, String reasonData) {

  /**
   * @param figures one for each evaluation period, newest first; empty where there were no data
   */
  static AlarmEvaluation of(MetricAlarm alarm, List<OptionalDouble> figures) {
    int needed =
        alarm.datapointsToAlarm() == null ? alarm.evaluationPeriods() : alarm.datapointsToAlarm();
    String missing = alarm.treatMissingData() == null ? "missing" : alarm.treatMissingData();
    List<Double> present =
        figures.stream()
            .filter(OptionalDouble::isPresent)
            .map(OptionalDouble::getAsDouble)
            .toList();
    long breaching = present.stream().filter(value -> breaches(alarm, value)).count();
    long absent = figures.size() - present.size();
    boolean absentBreach = missing.equals("breaching");
    StateValue state = alarm.stateValue();
    if (breaching + (absentBreach ? absent : 0) >= needed) {
      state = StateValue.ALARM;
    } else if (present.isEmpty() && missing.equals("missing")) {
      state = StateValue.INSUFFICIENT_DATA;
    } else if (!undecided(missing, breaching, absent, needed)) {
      state = StateValue.OK;
    }
    return new AlarmEvaluation(
        state, reason(alarm, state, present, breaching), AlarmHistoryData.reason(alarm, present));
  }

  /** Whether what is missing could still make an alarm, so that the state stays what it is. */
  private static boolean undecided(String missing, long breaching, long absent, int needed) {
    return switch (missing) {
      case "missing", "ignore" -> breaching + absent >= needed;
      default -> false;
    };
  }

  private static boolean breaches(MetricAlarm alarm, double value) {
    double threshold = alarm.threshold();
    return switch (alarm.comparisonOperator()) {
      case GREATER_THAN_THRESHOLD -> value > threshold;
      case GREATER_THAN_OR_EQUAL_TO_THRESHOLD -> value >= threshold;
      case LESS_THAN_THRESHOLD -> value < threshold;
      case LESS_THAN_OR_EQUAL_TO_THRESHOLD -> value <= threshold;
      default ->
          throw new UnsupportedOperationException(
              "not emulated: comparison " + alarm.comparisonOperatorAsString());
    };
  }

  private static String reason(
      MetricAlarm alarm, StateValue state, List<Double> present, long breaching) {
    if (present.isEmpty()) {
      return "Threshold Crossed: no datapoints were received for %d period(s)"
              .formatted(alarm.evaluationPeriods())
          + (state == StateValue.INSUFFICIENT_DATA ? "." : ", and missing data was treated so.");
    }
    return "Threshold Crossed: %d out of the last %d datapoints %s crossed the threshold (%s %s)."
        .formatted(
            breaching,
            alarm.evaluationPeriods(),
            present,
            alarm.comparisonOperatorAsString(),
            alarm.threshold());
  }

  /** The state of an alarm that was evaluated to this at a moment. */
  Alarm.Current at(Instant moment) {
    return new Alarm.Current(state, reason, reasonData, moment);
  }
}
