package io.crossfade.localaws.cloudwatch;

import java.time.Instant;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** An alarm's change of state, as EventBridge would tell of it. */
public record AlarmStateChange(
    String alarmName,
    String alarmArn,
    StateValue previous,
    StateValue current,
    String reason,
    Instant at) {}
