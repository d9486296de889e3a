package io.crossfade.localaws.states;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** What GetExecutionHistory shows: states entered and left, tasks, and how it ended. */
final class History {
  /** Quota: maximum execution history size. */
  static final int MAX_EVENTS = 25_000;

  private final List<HistoryEvent> events = new ArrayList<>();

  synchronized void add(
      HistoryEventType type, Instant at, java.util.function.Consumer<HistoryEvent.Builder> details)
      throws StateError {
    if (events.size() >= MAX_EVENTS) {
      throw StateError.runtime(
          "The execution reached the maximum number of history events (25000).");
    }
    append(type, at, details);
  }

  synchronized void append(
      HistoryEventType type,
      Instant at,
      java.util.function.Consumer<HistoryEvent.Builder> details) {
    long id = events.size() + 1L;
    events.add(
        HistoryEvent.builder()
            .id(id)
            .previousEventId(id - 1)
            .type(type)
            .timestamp(at)
            .applyMutation(details)
            .build());
  }

  synchronized List<HistoryEvent> events() {
    return List.copyOf(events);
  }
}
