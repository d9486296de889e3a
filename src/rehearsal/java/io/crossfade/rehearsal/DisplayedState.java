package io.crossfade.rehearsal;

/** What a person is shown of the state machine: loops are one thing, and choices none. */
final class DisplayedState {
  private DisplayedState() {}

  static String of(String state, String before) {
    return switch (state) {
      case "WaitForHealth", "CheckHealth" -> "WaitForHealth";
      case "WaitForChecks", "RunChecks" -> "RunChecks";
      case "WaitForCapacity" -> "ShiftTraffic";
      case "Bake", "CheckAlarms" -> "Bake";
      case "Drain", "CheckDrain" -> "Drain";
      case "Rollback", "WaitForRestore", "CheckRestore" -> "Rollback";
      default -> state.startsWith("Decide") ? before : state;
    };
  }
}
