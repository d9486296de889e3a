package io.crossfade.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

class ReportPageTest {
  @Test
  void pageShowsResultReasonAndTables(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("rehearsal").resolve("report.html");

    ReportPage.write(SampleReport.alarm(), file);

    assertThat(Files.readString(file))
        .contains("RolledBack <span class=\"verdict passed\">as expected</span>")
        .contains("alarm booking-backend-green-5xx went into ALARM at 50 %")
        .contains("<td>POST /api/orders</td><td>500</td><td>backend-2</td>")
        .contains("<td>check-alarms</td><td class=\"figure\">24</td>")
        .contains("<td>ecs:UpdateService</td><td class=\"figure\">3</td>")
        .contains("<path class=\"step green\"")
        .contains("<title>ScaleOut, 2.6 s to 3 s</title>")
        .contains("prefers-color-scheme: dark");
  }

  @Test
  void pageNeedsNothingFromElsewhere() {
    assertThat(ReportPage.render(SampleReport.happy()))
        .doesNotContain("http://", "https://", "<link", "<script", "@import", "url(");
  }

  @Test
  void pageOfAMissedRehearsalSaysWhy() {
    RehearsalReport missed =
        SampleReport.with(Scenario.HAPPY, "Refused", Map.of("a<b", VersionCount.NONE), 3);

    assertThat(ReportPage.render(missed))
        .contains("not as expected")
        .contains("<li>expected Released, but the release ended in Refused</li>")
        .contains("<li>3 of 400 acknowledged orders are lost</li>")
        .contains("a&lt;b")
        .doesNotContain("a<b");
  }

  @Test
  void chartIsWellFormedAndStaysInItsFrame() throws Exception {
    for (RehearsalReport report : List.of(SampleReport.happy(), SampleReport.alarm(), empty())) {
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new java.io.StringReader(Chart.draw(report))));
      assertThat(Chart.draw(report)).doesNotContain("NaN", "Infinity", "=\"-");
    }
  }

  private static RehearsalReport empty() {
    return SampleReport.with(Scenario.HAPPY, "Refused", Map.of(), 0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 3.9, 7, 41, 160, 161, 999, 12_345})
  void axisEndsAboveEveryValueAtFourWholeSteps(double value) {
    double top = Chart.niceAbove(value);

    assertThat(top).isGreaterThanOrEqualTo(value);
    assertThat(top / 4 % 1).isZero();
  }
}
