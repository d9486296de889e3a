package io.crossfade.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.report.ReleaseReport.Ending;
import java.io.StringReader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

class ReportPageTest {
  private static final Pattern ELEMENT = Pattern.compile("<(?!/)([a-z0-9]+)([^>]*)>");

  @Test
  void thePageTellsOutcomeReasonStepsAndFigures() {
    assertThat(ReportPage.render(SampleReports.rolledBack()))
        .contains("<span class=\"outcome unchanged\">RolledBack</span> backend</h1>")
        .contains("alarm backend-green-5xx went into ALARM at 50 %")
        .contains("<dt>Took</dt><dd>30 min</dd>")
        .contains("<h3>25 % to the new version, from <time datetime=\"2026-03-01T10:08:00Z\">")
        .contains("for 6 min</h3>")
        .contains("backend-green gets 25 % of the traffic, backend-blue 75 %</li>")
        .contains(">backend-green: 1,965 requests, 72 failed (3.66 %), at the least 4 healthy</p>")
        .contains(" backend-green-5xx is ALARM</p>")
        .contains("<h3>Back to 0 %, from ")
        .contains("<p>Everything was read back as it was.</p>")
        .contains("<td>CheckAlarmsFunction</td><td class=\"figure\">24</td>")
        .contains("prefers-color-scheme: dark");
  }

  @ParameterizedTest
  @CsvSource({"GOOD, good", "WARNING, warning", "UNCHANGED, unchanged", "BAD, bad"})
  void aReportOfNothingIsWholeHoweverItEnded(Ending ending, String style) {
    String page = ReportPage.render(SampleReports.empty("Refused", ending));
    assertThat(page)
        .contains("<span class=\"outcome " + style + "\">Refused</span>")
        .contains("Before the new version gets traffic")
        .doesNotContain("NaN", "Infinity", "null", "The question in Slack");
  }

  @Test
  void theQuestionLooksAsInSlack() {
    assertThat(ReportPage.render(SampleReports.rolledBack()))
        .contains("<h2 id=\"question\">The question in Slack</h2>")
        .contains("<h3>backend: Closed</h3>")
        .contains("<div><b>Image</b>\n<code>backend@sha256:2222</code></div>")
        .contains("<b>Requests since <time datetime=\"2026-03-01T10:00:00Z\">")
        .contains("✅ backend-green-5xx is OK &amp; &lt;fine&gt;")
        .contains("<b>Approved</b> by <b>@U1</b>")
        .doesNotContain("*Approved*", "!date", "&lt;@U1", "&amp;lt;");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "'/><svg onload=alert(1)>",
        "</title></style><b>",
        "<!--",
        "]]>",
        "&lt;script&gt;",
        "javascript:alert(1)",
        "\u0000\u001b[31m",
        "*`<https://example.com|<b>`*"
      })
  void whatSomebodyWroteStaysText(String hostile) {
    String page = ReportPage.render(SampleReports.saying(hostile));
    String ordinary = ReportPage.render(SampleReports.saying("word"));
    assertThat(elements(page)).isEqualTo(elements(ordinary));
    assertThat(page).doesNotContain("\u0000", "\u001b");
  }

  /** The names and attributes of all elements; texts of the sample stand in no attribute's name. */
  private static String elements(String page) {
    StringBuilder names = new StringBuilder();
    Matcher element = ELEMENT.matcher(page);
    while (element.find()) {
      // What Slack's markup makes of a text is the card's own.
      if (!element.group(1).matches("b|code")) {
        names.append(element.group(1));
        names.append(element.group(2).replaceAll("=\"[^\"]*\"", "")).append('\n');
      }
    }
    return names.toString();
  }

  @Test
  void thePageNeedsNothingFromElsewhereAndRunsNothing() {
    assertThat(ReportPage.render(SampleReports.rolledBack()))
        .contains("content=\"default-src 'none'; style-src 'unsafe-inline';")
        .doesNotContain(
            "http:", "https:", "<link", "<script", "@import", "url(", " style=", "href");
  }

  static ReleaseReport[] reports() {
    return new ReleaseReport[] {
      SampleReports.rolledBack(),
      SampleReports.empty("Refused", Ending.UNCHANGED),
      SampleReports.saying("<&\"'>\u0000")
    };
  }

  @ParameterizedTest
  @MethodSource("reports")
  void thePictureIsWellFormedAndStaysInItsFrame(ReleaseReport report) throws Exception {
    String file = Picture.file(report);
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(file)));
    assertThat(file).doesNotContain("NaN", "Infinity", "=\"-");
    for (int width : new int[] {Picture.WIDE, Picture.NARROW}) {
      Matcher x =
          Pattern.compile(" (?:x|x2)=\"([0-9.]+)\"").matcher(Picture.of(report, width).markup());
      while (x.find()) {
        assertThat(Double.parseDouble(x.group(1))).isBetween(0.0, (double) width);
      }
    }
  }

  /** A class of an element that no rule paints would be drawn black. */
  @ParameterizedTest
  @MethodSource("reports")
  void everyClassOfThePictureHasARule(ReleaseReport report) {
    Matcher classes =
        Pattern.compile("<(?:path|rect|line)[^>]* class=\"([a-z ]+)\"")
            .matcher(Picture.of(report, Picture.WIDE).markup());
    while (classes.find()) {
      assertThat(classes.group(1).split(" "))
          .anySatisfy(name -> assertThat(Picture.STYLE).containsPattern("\\." + name + "[ ,.]"));
    }
  }

  @ParameterizedTest
  @EnumSource(Ending.class)
  void theOutcomeIsInTheTitle(Ending ending) {
    assertThat(ReportPage.render(SampleReports.empty("A<b>", ending)))
        .contains("<title>A&lt;b&gt;: backend</title>");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 3.9, 7, 41, 160, 161, 999, 12_345})
  void theAxisEndsAboveEveryValueAtFourWholeSteps(double value) {
    double top = Picture.niceAbove(value);
    assertThat(top).isGreaterThanOrEqualTo(value);
    assertThat(top / 4 % 1).isZero();
  }
}
