package io.crossfade.approval;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** What EventBridge tells of an alarm (CloudWatch User Guide, Alarm events and EventBridge). */
public record AlarmEvent(Instant time, Detail detail) {
  public record Detail(String alarmName) {
    public Detail {
      requireNonNull(alarmName);
    }
  }

  public AlarmEvent {
    requireNonNull(time);
    requireNonNull(detail);
  }

  AlarmFired fired() {
    return new AlarmFired(detail.alarmName(), time);
  }
}
