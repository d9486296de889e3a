package io.crossfade.rehearsal.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.rehearsal.page.StateGraph.Edge;
import io.crossfade.rehearsal.page.StateGraph.Kind;
import io.crossfade.rehearsal.page.StateGraph.Node;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class StateGraphTest {
  private static final String DEFINITION =
      """
      {"StartAt": "Begin", "States": {
        "Begin": {"Type": "Choice", "Choices": [{"Next": "Undo"}], "Default": "Do"},
        "Do": {"Type": "Task", "Next": "DecideDo", "Catch": [{"Next": "Undo"}]},
        "DecideDo": {"Type": "Choice", "Choices": [{"Next": "DecideMore"}], "Default": "Do"},
        "DecideMore": {"Type": "Choice", "Choices": [{"Next": "Check"}], "Default": "Done"},
        "Wait": {"Type": "Wait", "Next": "Check"},
        "Check": {"Type": "Task", "Next": "Wait", "Catch": [{"Next": "Undo"}, {"Next": "Done"}]},
        "Undo": {"Type": "Task", "Next": "Failed", "Catch": [{"Next": "Failed"}]},
        "Done": {"Type": "Succeed"},
        "Failed": {"Type": "Fail"}}}
      """;

  private static StateGraph graph() throws Exception {
    UnaryOperator<String> shown = state -> state.equals("Check") ? "Wait" : state;
    return StateGraph.of(new ObjectMapper().readTree(DEFINITION), shown);
  }

  @Test
  void choicesAreNoStatesAndALoopIsOneState() throws Exception {
    assertThat(graph().nodes().values())
        .containsExactly(
            new Node("Begin", Kind.START),
            new Node("Do", Kind.WORK),
            new Node("Wait", Kind.WORK),
            new Node("Undo", Kind.WORK),
            new Node("Done", Kind.GOOD_END),
            new Node("Failed", Kind.BAD_END));
  }

  @Test
  void waysGoThroughChoicesAndAnErrorsWayIsMarkedUnlessItIsAnOrdinaryOneToo() throws Exception {
    assertThat(graph().edges())
        .containsExactlyInAnyOrder(
            new Edge("Begin", "Undo", false),
            new Edge("Begin", "Do", false),
            new Edge("Do", "Wait", false),
            new Edge("Do", "Done", false),
            new Edge("Do", "Undo", true),
            new Edge("Wait", "Undo", true),
            new Edge("Wait", "Done", true),
            new Edge("Undo", "Failed", false));
  }

  @Test
  void thePictureHasEveryStateAndEveryWay() throws Exception {
    String svg = StateDiagram.draw(graph());
    assertThat(svg.split("data-state=")).hasSize(1 + graph().nodes().size());
    assertThat(svg.split("data-from=")).hasSize(1 + graph().edges().size());
    assertThat(svg)
        .contains("class=\"state bad-end\" data-state=\"Failed\"")
        .contains("class=\"way on-error\" data-from=\"Do\" data-to=\"Undo\"")
        .contains("class=\"way\" data-from=\"Do\" data-to=\"Done\"");
  }
}
