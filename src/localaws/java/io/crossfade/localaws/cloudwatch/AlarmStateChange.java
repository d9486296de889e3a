package io.crossfade.localaws.cloudwatch;

import java.time.Instant;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/**
 * An alarm's change of state, as EventBridge publishes it.
 *
 * @param reasonData JSON text; null if there is none
 * @param previousAt since when the alarm had been in its previous state
 */
public record AlarmStateChange(
    String alarmName,
    String alarmArn,
    StateValue previous,
    StateValue current,
    String reason,
    String reasonData,
    Instant at,
    String previousReason,
    String previousReasonData,
    Instant previousAt) {}
