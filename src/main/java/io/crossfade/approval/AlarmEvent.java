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
    if (time != null || detail != null) {
      requireNonNull(time);
      requireNonNull(detail);
    }
  }

  /** Whether the template's schedule sent it, which asks for nothing but a running function. */
  boolean onlyWarms() {
    return detail == null;
  }

  AlarmFired fired() {
    return new AlarmFired(detail.alarmName(), time);
  }
}
