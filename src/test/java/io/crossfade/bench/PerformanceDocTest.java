package io.crossfade.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.bench.BenchOptions.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The document has a place for whatever the benchmark measures. */
class PerformanceDocTest {
  @Test
  void everyPartHasAPlace() throws IOException {
    List<Measurement> one =
        Stream.of(Part.values())
            .map(part -> new Measurement(part.label(), "s", "v", part + ", ms", Samples.of(1.0)))
            .toList();
    BenchReport report =
        new BenchReport("now", new Machine("p", 1, 1, "s", 0), Map.of(), List.of(), one);
    String document = Files.readString(Path.of("docs", "performance.md"));
    assertThat(PerformanceDoc.renewed(document, report))
        .contains(Stream.of(Part.values()).map(part -> part + ", ms").toList());
  }
}
