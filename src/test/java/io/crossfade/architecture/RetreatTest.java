package io.crossfade.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.infrastructure.WrittenPart;
import io.crossfade.release.CapacityShortfall;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Walks the state machine from every position by every cause, and holds the table in {@code
 * docs/how-it-decides.md} to what comes of it. {@code mvn test -Dtest=RetreatTest -Ddocs=write}
 * writes the table anew.
 */
class RetreatTest {
  private static final Path DOCUMENT = Path.of("docs", "how-it-decides.md");
  private static final String BEGIN = "<!-- written by RetreatTest -->\n";
  private static final String END = "<!-- end -->\n";

  /** In the order in which a release comes by; the last three are the way back. */
  private static final List<String> POSITIONS =
      List.of(
          "Plan",
          "RegisterTaskDefinition",
          "ResolveTargetGroup",
          "ScaleOut",
          "WaitForHealth",
          "CheckHealth",
          "ShiftTestTraffic",
          "RunChecks",
          "WaitForChecks",
          "WaitForCapacity",
          "ShiftTraffic",
          "Bake",
          "CheckAlarms",
          "RequestApproval",
          "Drain",
          "CheckDrain",
          "ScaleIn",
          "NotifyReleased",
          "Rollback",
          "CheckRestore",
          "ExplainRestore");

  private static final int SCALE_IN = POSITIONS.indexOf("ScaleIn");
  private static final int RELEASED = POSITIONS.indexOf("NotifyReleased");

  /** Functions that ask for the lock before they change anything, or find out on the way. */
  private static final Set<String> GUARDED = StatesTest.guardedTasks();

  /** Where an execution ends, and which version has the traffic then. */
  private record Way(String end, String traffic) {
    private static final Way NONE = new Way("–", "");

    @Override
    public String toString() {
      return traffic.isEmpty() ? end : "%s: **%s**".formatted(end, traffic);
    }
  }

  private static final Map<String, String> TRAFFIC =
      Map.of(
          "Refused", "old",
          "RolledBack", "old",
          "Released", "new",
          "ReleasedWithWarning", "new",
          "RestoreIncomplete", "left as it is");

  /** What its own decision against going on leads to. */
  private Way refusal(String position) {
    JsonNode state = StateMachine.state(position);
    if (position.equals("RequestApproval")) {
      return failure(position);
    }
    String next = state.path("Next").asText();
    return next.startsWith("Decide")
        ? end(StateMachine.state(next).path("Default").asText())
        : Way.NONE;
  }

  private Way failure(String position) {
    JsonNode caught = StateMachine.state(position).path("Catch");
    return caught.isEmpty() ? Way.NONE : end(caught.get(caught.size() - 1).path("Next").asText());
  }

  /** The guardian starts a restore if the deployment still has its lock and a snapshot. */
  private Way stopped(String position) {
    int at = POSITIONS.indexOf(position);
    if (at == 0) {
      return new Way("nothing was changed", "old");
    }
    boolean marked = at == SCALE_IN || at == RELEASED;
    return end(choice("DecideBeginRestore", marked ? "FINISH" : "ROLL_BACK"));
  }

  private String choice(String name, String action) {
    for (JsonNode choice : StateMachine.state(name).path("Choices")) {
      if (choice.path("StringEquals").asText().equals(action)) {
        return choice.path("Next").asText();
      }
    }
    throw new IllegalStateException(name + " knows no " + action);
  }

  /** Whoever has lost the lock rolls nothing back: the way there ends as it is. */
  private Way lockLost(String position) {
    if (!GUARDED.contains(position)) {
      return Way.NONE;
    }
    Way way = failure(position);
    return way.end().equals("RolledBack") ? end("NotifyRestoreIncomplete") : way;
  }

  /** Follows a way to its end, as it goes while nothing else goes wrong. */
  private Way end(String from) {
    String name = from;
    boolean warned = false;
    for (int step = 0; step < 50; step++) {
      JsonNode state = StateMachine.state(name);
      warned |= name.equals("NotifyReleasedWithWarning");
      switch (state.path("Type").asText()) {
        case "Succeed", "Fail" -> {
          String end = warned ? "ReleasedWithWarning" : name;
          return new Way(end, TRAFFIC.get(end));
        }
        case "Choice" -> name = choice(name, "RESTORED");
        default -> name = state.path("Next").asText();
      }
    }
    throw new IllegalStateException("no end from " + from);
  }

  private List<List<Way>> ways() {
    List<List<Way>> rows = new ArrayList<>();
    for (String position : POSITIONS) {
      rows.add(
          List.of(refusal(position), failure(position), stopped(position), lockLost(position)));
    }
    return rows;
  }

  private String table() {
    StringBuilder table =
        new StringBuilder(
                "| position | it says no | it fails for good | it is stopped, or out of time | the lock is lost |\n")
            .append("|---|---|---|---|---|\n");
    List<List<Way>> rows = ways();
    for (int i = 0; i < rows.size(); i++) {
      table.append(
          "| `%s` | %s |%n"
              .formatted(
                  POSITIONS.get(i),
                  rows.get(i).stream().map(Way::toString).collect(Collectors.joining(" | "))));
    }
    return table.toString();
  }

  /** The stable group has its full capacity until scale-in begins, the new one from then on. */
  @Test
  void noWayEndsOnAGroupWithoutCapacity() {
    List<List<Way>> rows = ways();
    for (int i = 0; i < rows.size(); i++) {
      boolean forward = i == SCALE_IN || i == RELEASED;
      assertThat(rows.get(i))
          .as(POSITIONS.get(i))
          .filteredOn(way -> way != Way.NONE && !way.traffic().equals("left as it is"))
          .isNotEmpty()
          .allSatisfy(way -> assertThat(way.traffic()).isEqualTo(forward ? "new" : "old"));
    }
  }

  /** Targets that are missing for a moment lead to where they are waited for, and to no end. */
  @ParameterizedTest
  @CsvSource({"RequestApproval, Bake", "ScaleIn, Drain"})
  void missingTargetsAreWaitedFor(String position, String wait) {
    JsonNode caught = StateMachine.state(position).path("Catch").get(0);
    assertThat(caught.path("ErrorEquals").get(0).asText())
        .isEqualTo(CapacityShortfall.class.getName());
    assertThat(caught.path("Next").asText()).isEqualTo(wait);
    assertThat(caught.path("ResultPath").isNull()).isTrue();
  }

  /** Left as it is: only by who may not touch it any more, or where the way back itself fails. */
  @Test
  void nothingElseIsLeftAsItIs() {
    List<List<Way>> rows = ways();
    for (int i = 0; i < rows.size(); i++) {
      boolean wayBack = i > RELEASED;
      assertThat(rows.get(i).subList(0, wayBack ? 1 : 3))
          .as(POSITIONS.get(i))
          .noneMatch(way -> way.traffic().equals("left as it is"));
    }
  }

  @Test
  void theDocumentHasTheTable() throws IOException {
    new WrittenPart(DOCUMENT, BEGIN, END).holds(table(), getClass());
  }

  /** A wait is where an execution can be stopped; the restore by id has a story of its own. */
  @Test
  void everyTaskAndEveryWaitHasItsPlaceInTheTable() {
    Set<String> states = StateMachine.ofType("Task", "Wait");
    states.removeIf(name -> name.startsWith("Notify") && !name.equals("NotifyReleased"));
    states.removeAll(Set.of("BeginRestore", "WaitForRestore"));
    assertThat(POSITIONS).containsExactlyInAnyOrderElementsOf(states);
  }
}
