package io.crossfade.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ChartImageTest {
  @Test
  void imageSaysInWordsWhatItShows(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("rehearsal").resolve("chart.svg");

    ChartImage.write(SampleReport.alarm(), file);

    assertThat(Files.readString(file))
        .contains("<desc id=\"description\">Rehearsal of the scenario alarm: RolledBack. 14,753 ")
        .contains("The weight of the new version in percent was 0, 25, 50, 0.")
        .contains(">backend-2 (new version)</text>")
        .contains(">weight of the new version (right)</text>")
        .contains(">failed requests</text>")
        .contains("<rect class=\"failed\"")
        .contains("prefers-color-scheme: dark");
  }

  static Stream<String> images() throws Exception {
    return Stream.of(
        ChartImage.render(SampleReport.happy()),
        ChartImage.render(SampleReport.alarm()),
        Files.readString(Path.of("docs", "rehearsal.svg")),
        Files.readString(Path.of("docs", "rehearsal-alarm.svg")));
  }

  @ParameterizedTest
  @MethodSource("images")
  void imageIsOneFileWithATitle(String image) throws Exception {
    Element svg =
        DocumentBuilderFactory.newDefaultNSInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(image)))
            .getDocumentElement();

    assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isNotBlank();
    assertThat(svg.getElementsByTagName("desc").item(0).getTextContent()).isNotBlank();
    assertThat(image.replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("http", "href", "<script", "@import", "url(", "var(");
  }

  /** A class of an element that no rule paints would be drawn black. */
  @ParameterizedTest
  @MethodSource("images")
  void everyClassHasARule(String image) {
    String style = image.substring(image.indexOf("<style>"), image.indexOf("</style>"));
    Matcher classes = Pattern.compile("(?<!<text )class=\"([a-z ]+)\"").matcher(image);
    while (classes.find()) {
      assertThat(List.of(classes.group(1).strip().split(" ")))
          .allSatisfy(
              name ->
                  assertThat(name.equals("even") || style.contains("." + name))
                      .as(classes.group())
                      .isTrue());
    }
  }
}
