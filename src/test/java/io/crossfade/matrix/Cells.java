package io.crossfade.matrix;

import io.crossfade.localaws.faults.RecordedCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lists everything that can go wrong in a course, from a recording of it. */
final class Cells {
  /** Everything but nothing. */
  static final List<Blow> BLOWS =
      Arrays.stream(Blow.values()).filter(blow -> blow != Blow.NOTHING).toList();

  private static final List<Blow> EVERY_CALL =
      List.of(Blow.THROTTLED, Blow.FAILED_BEFORE, Blow.FAILED_AFTER, Blow.HANGING);
  private static final List<Blow> LAST_CALL = List.of(Blow.KILLED_BEFORE, Blow.KILLED_AFTER);
  private static final Set<String> CHANGING =
      Set.of(
          "RegisterTaskDefinition",
          "ResolveTargetGroup",
          "ScaleOut",
          "ShiftTraffic",
          "ScaleIn",
          "Rollback");
  private static final Set<String> ENDS =
      Set.of("Released", "Refused", "RolledBack", "RestoreIncomplete", "Planned");

  private final Course course;
  private final Set<String> known;
  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<String, Cell> lastOfFirstVisit = new LinkedHashMap<>();
  private final Set<Object> asked = new HashSet<>();
  private final List<Cell> cells = new ArrayList<>();

  private Cells(Course course, Set<String> known) {
    this.course = course;
    this.known = known;
  }

  /**
   * @param known states whose cells are listed already, by another course
   */
  static List<Cell> of(Course course, Trial.Recording recording, Set<String> known) {
    Cells cells = new Cells(course, known);
    cells.add(recording.calls());
    recording.states().forEach(cells::add);
    return List.copyOf(cells.cells);
  }

  /** A read that was made before, in the very same words, can be answered as it was then. */
  private void add(List<RecordedCall> calls) {
    String visited = null;
    Set<String> left = new HashSet<>();
    for (RecordedCall call : calls) {
      boolean repeated = !asked.add(call.request());
      if (!wanted(call)) {
        continue;
      }
      Cell cell = cell(call);
      EVERY_CALL.forEach(blow -> cells.add(with(cell, blow)));
      if (repeated && mayBeStale(call)) {
        cells.add(with(cell, Blow.STALE));
      }
      if (!cell.state().equals(visited) && visited != null) {
        left.add(visited);
      }
      visited = cell.state();
      if (!left.contains(visited)) {
        lastOfFirstVisit.put(visited + " " + call.function(), cell);
      }
    }
    lastOfFirstVisit
        .values()
        .forEach(cell -> LAST_CALL.forEach(blow -> cells.add(with(cell, blow))));
  }

  /** A state's own function, and the click that answers the question. */
  private boolean wanted(RecordedCall call) {
    if (call.function().equals("GuardianFunction")) {
      return course == Course.RESTORE;
    }
    return call.state() != null
        && !known.contains(call.state())
        && call.function().endsWith("Function")
        && (!call.function().equals("SlackCallbackFunction")
            || call.state().equals("RequestApproval"));
  }

  private Cell cell(RecordedCall call) {
    String state = call.function().equals("GuardianFunction") ? Cell.GUARDIAN : call.state();
    String kind = "%s %s %s".formatted(state, call.function(), call.name());
    int nth = counts.merge(kind, 1, Integer::sum);
    return new Cell(course, state, call.function(), call.name(), nth, Blow.THROTTLED);
  }

  private static Cell with(Cell cell, Blow blow) {
    return new Cell(
        cell.course(), cell.state(), cell.function(), cell.operation(), cell.nth(), blow);
  }

  /** S3's reads are strongly consistent, and nothing in a run changes a secret. */
  private static boolean mayBeStale(RecordedCall call) {
    return call.operation().matches("(Describe|Get|List).*")
        && !Set.of("s3", "secretsmanager").contains(call.service());
  }

  private void add(String state) {
    if (known.contains(state) || ENDS.contains(state)) {
      return;
    }
    String function =
        lastOfFirstVisit.values().stream()
            .filter(cell -> cell.state().equals(state))
            .map(Cell::function)
            .findFirst()
            .orElse(null);
    cells.add(new Cell(course, state, function, null, 1, Blow.ABORTED));
    cells.add(Cell.of(course, state, Blow.TIMED_OUT));
    if (CHANGING.contains(state)) {
      cells.add(Cell.of(course, state, Blow.LOCK_LOST));
    }
  }
}
