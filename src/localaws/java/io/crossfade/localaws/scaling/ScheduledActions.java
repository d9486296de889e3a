package io.crossfade.localaws.scaling;

import io.crossfade.localaws.ScaledClock;
import io.crossfade.localaws.sdk.Arns;
import io.crossfade.localaws.sdk.SdkMembers;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.applicationautoscaling.model.PutScheduledActionRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.ScheduledAction;

/** Changes of bounds at a time; of the schedules only {@code at(…)}, in UTC. */
final class ScheduledActions {
  private static final Pattern AT = Pattern.compile("at\\(([^)]+)\\)");

  private final ScaledClock clock;
  private final List<Entry> actions = new ArrayList<>();

  private record Entry(ScheduledAction action, Instant due) {}

  ScheduledActions(ScaledClock clock) {
    this.clock = clock;
  }

  synchronized void put(PutScheduledActionRequest request) {
    if (request.timezone() != null || request.startTime() != null || request.endTime() != null) {
      throw new UnsupportedOperationException("not emulated: time zone, start or end of schedules");
    }
    Instant due = due(request.schedule());
    remove(request.resourceId(), request.scheduledActionName());
    actions.add(
        new Entry(
            SdkMembers.copy(request, ScheduledAction.builder())
                .scheduledActionARN(
                    Arns.of(
                        "autoscaling",
                        "scheduledAction:%s:resource/ecs/%s:scheduledActionName/%s"
                            .formatted(
                                UUID.randomUUID(),
                                request.resourceId(),
                                request.scheduledActionName())))
                .creationTime(clock.now())
                .build(),
            due));
  }

  private static Instant due(String schedule) {
    Matcher at = AT.matcher(schedule == null ? "" : schedule);
    if (!at.matches()) {
      throw new UnsupportedOperationException("not emulated: schedule " + schedule);
    }
    try {
      return LocalDateTime.parse(at.group(1)).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw ScalingErrors.validation("Invalid schedule expression: " + schedule);
    }
  }

  private void remove(String resourceId, String name) {
    actions.removeIf(
        entry ->
            entry.action().resourceId().equals(resourceId)
                && entry.action().scheduledActionName().equals(name));
  }

  synchronized void removeAll(String resourceId) {
    actions.removeIf(entry -> entry.action().resourceId().equals(resourceId));
  }

  synchronized List<ScheduledAction> all() {
    return actions.stream().map(Entry::action).toList();
  }

  /** Removes the actions that are due and returns them. */
  synchronized List<ScheduledAction> takeDue() {
    Instant now = clock.now();
    List<Entry> due = actions.stream().filter(entry -> !entry.due().isAfter(now)).toList();
    actions.removeAll(due);
    return due.stream().map(Entry::action).toList();
  }
}
