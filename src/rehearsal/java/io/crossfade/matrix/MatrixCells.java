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

/** Lists everything that can go wrong in a path, from a recording of it. */
final class MatrixCells {
  /** Everything but nothing. */
  static final List<FaultKind> KINDS =
      Arrays.stream(FaultKind.values()).filter(kind -> kind != FaultKind.NOTHING).toList();

  private static final List<FaultKind> EVERY_CALL =
      List.of(
          FaultKind.THROTTLED, FaultKind.FAILED_BEFORE, FaultKind.FAILED_AFTER, FaultKind.HANGING);
  private static final List<FaultKind> LAST_CALL =
      List.of(FaultKind.KILLED_BEFORE, FaultKind.KILLED_AFTER);
  static final Set<String> CHANGING =
      Set.of(
          "RegisterTaskDefinition",
          "ResolveTargetGroup",
          "ScaleOut",
          "ShiftTestTraffic",
          "RunChecks",
          "ShiftTraffic",
          "ScaleIn",
          "Rollback");
  static final Set<String> ENDS =
      Set.of("Released", "Refused", "RolledBack", "RestoreIncomplete", "Planned");

  private final ReleasePath path;
  private final Set<String> known;
  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<String, MatrixCell> lastOfFirstVisit = new LinkedHashMap<>();
  private final Set<Object> asked = new HashSet<>();
  private final List<MatrixCell> cells = new ArrayList<>();

  private MatrixCells(ReleasePath path, Set<String> known) {
    this.path = path;
    this.known = known;
  }

  /**
   * @param known states whose cells are listed already, by another path
   */
  static List<MatrixCell> of(ReleasePath path, CellRun.Recording recording, Set<String> known) {
    MatrixCells cells = new MatrixCells(path, known);
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
      MatrixCell cell = cell(call);
      EVERY_CALL.forEach(kind -> cells.add(with(cell, kind)));
      if (repeated && mayBeStale(call)) {
        cells.add(with(cell, FaultKind.STALE));
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
        .forEach(cell -> LAST_CALL.forEach(kind -> cells.add(with(cell, kind))));
  }

  /**
   * A state's own function, and the click that answers the question. The function that shows a
   * release in Slack works beside the states, so that its calls belong to one by chance.
   */
  private boolean wanted(RecordedCall call) {
    if (call.function().equals("GuardianFunction")) {
      return path == ReleasePath.RESTORE;
    }
    return call.state() != null
        && !known.contains(call.state())
        && call.function().endsWith("Function")
        && !call.function().equals("ReleaseStatusFunction")
        && (!call.function().equals("SlackCallbackFunction")
            || call.state().equals("RequestApproval"));
  }

  private MatrixCell cell(RecordedCall call) {
    String state = call.function().equals("GuardianFunction") ? MatrixCell.GUARDIAN : call.state();
    String kind = "%s %s %s".formatted(state, call.function(), call.name());
    int nth = counts.merge(kind, 1, Integer::sum);
    return new MatrixCell(path, state, call.function(), call.name(), nth, FaultKind.THROTTLED);
  }

  private static MatrixCell with(MatrixCell cell, FaultKind kind) {
    return new MatrixCell(
        cell.path(), cell.state(), cell.function(), cell.operation(), cell.nth(), kind);
  }

  /**
   * S3's reads are strongly consistent, and nothing in a run changes a secret. Metrics are read
   * over a window that moves with the clock, so only by chance twice in the same words; that the
   * newest minutes are not there yet holds in every world of the matrix.
   */
  private static boolean mayBeStale(RecordedCall call) {
    return call.operation().matches("(Describe|Get|List).*")
        && !call.operation().equals("GetMetricData")
        && !Set.of("s3", "secretsmanager").contains(call.service());
  }

  private void add(String state) {
    if (known.contains(state) || ENDS.contains(state)) {
      return;
    }
    String function =
        lastOfFirstVisit.values().stream()
            .filter(cell -> cell.state().equals(state))
            .map(MatrixCell::function)
            .findFirst()
            .orElse(null);
    cells.add(new MatrixCell(path, state, function, null, 1, FaultKind.ABORTED));
    cells.add(MatrixCell.of(path, state, FaultKind.TIMED_OUT));
    if (CHANGING.contains(state)) {
      cells.add(MatrixCell.of(path, state, FaultKind.LOCK_LOST));
    }
  }
}
