package io.crossfade.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The pictures show what is there. */
class ArchitectureDocTest {
  private static final Set<String> SHOWN = Set.of("Task", "Wait", "Succeed", "Fail");

  private final String document = read("docs/architecture.md");

  @Test
  void graphHasTheStatesOfTheStateMachine() throws IOException {
    JsonNode states =
        new ObjectMapper()
            .readTree(Path.of("statemachine/release.asl.json").toFile())
            .path("States");
    Set<String> there = new TreeSet<>();
    states
        .properties()
        .forEach(
            state -> {
              if (SHOWN.contains(state.getValue().path("Type").asText())) {
                there.add(state.getKey());
              }
            });
    String graph = document.substring(document.indexOf("stateDiagram-v2"));
    Set<String> drawn =
        names(graph.substring(0, graph.indexOf("```")), "(?m)^  (\\w+) -->|--> (\\w+)");
    assertThat(drawn).containsAll(there);
    assertThat(there).containsAll(drawn);
  }

  @Test
  void everyNameInCodeIsAResourceOrAParameter() {
    Set<String> known = new TreeSet<>();
    for (String file :
        List.of(
            "infrastructure/network.yaml",
            "infrastructure/site.yaml",
            "infrastructure/pipeline.yaml",
            "template.yaml")) {
      StackTemplate template = StackTemplate.load(file);
      known.addAll(template.section("Resources").keySet());
      known.addAll(template.section("Parameters").keySet());
    }
    known.addAll(Set.of("A", "B", "TemplatesTest", "TargetGroup"));
    String prose = document.replaceAll("(?s)```mermaid.*?```", "");
    Set<String> named = names(prose, "`([A-Z][A-Za-z]+)(?:=\\w+)?`");
    named.removeIf(
        name ->
            name.matches(
                "Decide|RefuseByError|FailToBeginRestore|WarnOfScaleIn|FailRestore|Rollback"));
    assertThat(named).hasSizeGreaterThan(30);
    assertThat(known).containsAll(named);
  }

  @Test
  void sixPicturesWithoutColoursOfTheirOwn() {
    assertThat(document.split("```mermaid", -1)).hasSize(7);
    assertThat(document).doesNotContainPattern("(?:fill|stroke|color):|%%\\{|classDef");
  }

  private static Set<String> names(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(match -> match.group(1) != null ? match.group(1) : match.group(2))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
