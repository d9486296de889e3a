package io.crossfade.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.localaws.lambda.FunctionConfig;
import io.crossfade.matrix.Worker;
import io.crossfade.story.StoryFunctions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the benchmark calls again and again, once. */
class BenchmarkStory {
  private static final Worker WORKER = StoryFunctions.WORKER;
  private static WaitingRelease release;

  @TempDir Path folder;

  @BeforeAll
  static void releaseUpToTheQuestion() {
    release = new WaitingRelease(WORKER);
  }

  @AfterAll
  static void close() {
    release.close();
  }

  @Test
  void everyCallDoesTheSameEachTime() throws Exception {
    List<String> functions = new ArrayList<>();
    for (FunctionCall call : release.functionCalls()) {
      FunctionConfig config = release.config(call.function());
      for (int i = 0; i < 2; i++) {
        call.make(payload -> WORKER.host.invoke(config.name(), payload));
      }
      functions.add(call.function());
    }
    assertThat(functions).containsExactly("check-alarms", "shift-traffic", "slack-callback");
  }

  @Test
  void theFunctionsInPythonDoWhatOursDo() throws Exception {
    List<String> notices = new ArrayList<>();
    Optional<Variant> python = new Peers(folder, notices::add).python();
    if (python.isEmpty()) {
      // A story that is left out would be one that failed.
      System.err.println("not tested: " + notices);
      return;
    }
    ColdStarts coldStarts = new ColdStarts(release, folder, progress -> {}, notices::add);
    assertThat(coldStarts.measure(List.of(python.get()), 1))
        .filteredOn(each -> each.quantity().equals("AWS calls"))
        .extracting(each -> each.subject() + " " + each.samples().median())
        .containsExactly("check-alarms 2.0", "shift-traffic 5.0", "slack-callback 5.0");
    assertThat(Files.exists(Path.of("src", "bench", "python", "__pycache__"))).isFalse();
  }
}
