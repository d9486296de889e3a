package io.crossfade.approval;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/** What EventBridge tells of an alarm (CloudWatch User Guide, Alarm events and EventBridge). */
public record AlarmEvent(Instant time, Detail detail) {
  public record Detail(String alarmName) {
    public Detail {
      requireNonNull(alarmName);
    }
  }

  public AlarmEvent {
    if (time != null || detail != null) {
      requireNonNull(time);
      requireNonNull(detail);
    }
  }

  /** Empty if the template's schedule sent it, which asks for nothing but a running function. */
  Optional<AlarmFired> fired() {
    return Optional.ofNullable(detail).map(alarm -> new AlarmFired(alarm.alarmName(), time));
  }
}
