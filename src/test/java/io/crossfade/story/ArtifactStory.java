package io.crossfade.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** What is deployed holds what functions use, and nothing else. */
class ArtifactStory {
  private static final Path ARTIFACT = Path.of("target", "function.zip");

  /** In bytes; docs/performance.md tells what it consists of. */
  private static final long MOST = 39_000_000;

  @Test
  void artifactIsNotLargerThanWhatItWasArguedFor() throws IOException {
    assertThat(Files.size(ARTIFACT)).isBetween(1_000_000L, MOST);
  }

  /** One HTTP client serves all of AWS's clients; the other ones come with them unless excluded. */
  @Test
  void artifactHasNothingOfTestsAndNoSecondHttpClientForAws() throws IOException {
    try (ZipFile zip = new ZipFile(ARTIFACT.toFile())) {
      List<String> names = zip.stream().map(ZipEntry::getName).toList();
      assertThat(names).anyMatch(name -> name.contains("url-connection-client"));
      assertThat(names)
          .noneMatch(
              name ->
                  name.matches(
                      ".*(junit|assertj|jqwik|playwright|axe-core|elkjs|org.eclipse.elk|chart.js"
                          + "|snakeyaml|http-proxy|rest-assured|HdrHistogram|apache-client"
                          + "|netty-nio-client|aws-crt|cloudformation|awssdk.sts).*"))
          .noneMatch(
              name -> name.matches(".*io/crossfade/(localaws|rehearsal|matrix|site|bench)/.*"));
    }
  }
}
