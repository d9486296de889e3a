package io.crossfade.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.report.ReleaseReport;
import io.crossfade.report.ReleaseReport.Fact;
import io.crossfade.report.ReleaseReport.Role;
import io.crossfade.report.ReleaseReport.Version;
import io.crossfade.report.ReportPage;
import io.crossfade.report.SampleReports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class MeasuredReleaseTest {
  @Test
  void thePageHasWhatTheVisitorsSawAndWhatTheFunctionsCost() {
    assertThat(ReportPage.render(MeasuredRelease.of(SampleReport.alarm())))
        .contains("RolledBack</span> backend-2, rehearsed</h1>")
        .contains("<dt>Rehearsal</dt><dd>as expected</dd>")
        .contains("<dt>Real time</dt><dd>96 s, at 10 times the speed</dd>")
        .contains("<td>POST /api/orders</td><td>500</td><td>backend-2</td>")
        .contains("<td>check-alarms</td><td class=\"figure\">24</td>")
        .contains("<td>ecs:UpdateService</td><td class=\"figure\">3</td>")
        .contains("backend-2 (new version)</text>")
        .contains("<h3>50 % to the new version, from ");
  }

  @Test
  void thePageOfAMissedRehearsalSaysWhy() {
    RehearsalReport missed =
        SampleReport.with(Scenario.HAPPY, "Refused", Map.of("a<b", VersionCount.NONE), 3);
    assertThat(MeasuredRelease.of(missed).facts())
        .contains(
            new Fact(
                "Rehearsal",
                "not as expected: expected Released, but the release ended in Refused; 3 of 400"
                    + " acknowledged orders are lost"));
    assertThat(ReportPage.render(MeasuredRelease.of(missed)))
        .contains("a&lt;b")
        .doesNotContain("a<b");
  }

  @Test
  void whatTheFunctionsWroteStays() {
    ReleaseReport written = SampleReports.rolledBack();
    ReleaseReport whole = MeasuredRelease.of(SampleReport.writtenAs(written));
    assertThat(whole.timeline()).isEqualTo(written.timeline());
    assertThat(whole.question()).isEqualTo(written.question());
    assertThat(whole.comparison()).isEqualTo(written.comparison());
    assertThat(whole.facts()).containsAll(written.facts());
    assertThat(whole.versions())
        .extracting(Version::name, Version::role)
        .contains(
            org.assertj.core.groups.Tuple.tuple("backend-2", Role.CANARY),
            org.assertj.core.groups.Tuple.tuple("backend-1", Role.STABLE),
            org.assertj.core.groups.Tuple.tuple("frontend-1", Role.OTHER));
  }

  @Test
  void theFilesHaveTheFiguresAndTheReleaseAsTheFunctionsWriteIt(@TempDir Path folder)
      throws Exception {
    RehearsalReport report = SampleReport.writtenAs(SampleReports.rolledBack());
    ReleaseReport whole = MeasuredRelease.of(report);
    ReportFiles.write(whole, Optional.of(report), folder);

    JsonNode json = new ObjectMapper().readTree(folder.resolve("report.json").toFile());
    assertThat(json.at("/stateTransitions").asInt()).isEqualTo(41);
    assertThat(json.at("/versions/artifact").asText()).isEqualTo("function.zip");
    assertThat(ReportFiles.read(json.get("release").toString().getBytes()).samples())
        .isEqualTo(whole.samples());
    assertThat(folder).isDirectoryContaining("glob:**report.html");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rehearsal.svg", "rehearsal-alarm.svg"})
  void thePicturesOfTheReadmeAreOneFileEachWithATitle(String name) throws Exception {
    Path file = Path.of("docs", name);
    Element svg =
        DocumentBuilderFactory.newDefaultNSInstance()
            .newDocumentBuilder()
            .parse(file.toFile())
            .getDocumentElement();
    assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isNotBlank();
    assertThat(svg.getElementsByTagName("desc").item(0).getTextContent()).isNotBlank();
    assertThat(Files.readString(file).replace("http://www.w3.org/2000/svg", ""))
        .contains("prefers-color-scheme: dark")
        .doesNotContain(List.of("http", "href", "<script", "@import", "url(", "var("));
  }
}
