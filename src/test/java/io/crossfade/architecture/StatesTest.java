package io.crossfade.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.crossfade.localaws.Stack;
import io.crossfade.localaws.template.StateMachineResource;
import io.crossfade.lock.LockGuard;
import jakarta.inject.Named;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every other list of states or functions is the state machine's own. */
public class StatesTest {
  /** The tasks whose handler asks for the lock before it changes anything, or finds out. */
  public static Set<String> guardedTasks() {
    Set<String> handlers =
        new ClassFileImporter()
            .importPath(Path.of("target", "classes")).stream()
                .filter(type -> type.isAnnotatedWith(Named.class))
                .filter(
                    type ->
                        type.getDirectDependenciesFromSelf().stream()
                            .anyMatch(d -> d.getTargetClass().isEquivalentTo(LockGuard.class)))
                .map(type -> type.getAnnotationOfType(Named.class).value())
                .collect(Collectors.toSet());
    return StateMachine.tasksOf(handlers);
  }

  @Test
  void theStateMachineMayInvokeItsFunctionsAndNoOther() {
    StateMachineResource machine = Stack.template("site").stateMachines().get(0);
    Set<String> allowed = new TreeSet<>();
    for (JsonNode policy : machine.policies()) {
      for (JsonNode statement : policy.path("Statement")) {
        if (statement.path("Action").toString().contains("lambda:InvokeFunction")) {
          statement.path("Resource").forEach(resource -> allowed.add(resource.asText()));
        }
      }
    }
    Set<String> called =
        Pattern.compile("arn:aws:lambda:[^\"]+")
            .matcher(machine.definition())
            .results()
            .map(match -> match.group())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(called).isNotEmpty();
    assertThat(allowed).isEqualTo(called);
  }

  /** The diagram leaves out choices, waits, notifications and the restore by id. */
  @Test
  void theDiagramOfTheRulesShowsTheStates() throws IOException {
    String document = Files.readString(Path.of("docs", "how-it-decides.md"));
    String diagram = document.substring(document.indexOf("stateDiagram-v2"));
    Set<String> drawn =
        Pattern.compile("(?m)^  (\\w+) -->|--> (\\w+)")
            .matcher(diagram.substring(0, diagram.indexOf("```")))
            .results()
            .map(match -> match.group(1) != null ? match.group(1) : match.group(2))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> shown = StateMachine.ofType("Task", "Succeed", "Fail");
    shown.removeIf(name -> name.startsWith("Notify"));
    shown.removeAll(Set.of("BeginRestore", "ExplainRestore"));
    assertThat(drawn).isEqualTo(shown);
  }
}
