package io.crossfade.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.crossfade.report.ReportPage;
import io.crossfade.report.SampleReports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The report in a browser that runs no scripts, as somebody has it who opens the file. */
class ReportPageStory {
  private static final Path FOLDER = Path.of("target", "screenshots");

  @Test
  void aWholeReportOpensFromADisk() throws IOException {
    open(ReportPage.render(SampleReports.rolledBack()), "report-sample");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "<b>&\"'"})
  void nothingThatSomebodyWroteIsWiderThanThePage(String text) throws IOException {
    open(ReportPage.render(SampleReports.saying(text.repeat(300))), "report-long-" + text.length());
  }

  /** Looks at a page where there is a browser; where there is none, the stories here tell. */
  static void lookAt(String html, String name) throws IOException {
    if (Chromium.isInstalled()) {
      open(html, name);
    }
  }

  /** In both themes, on a phone and on a computer. */
  private static void open(String html, String name) throws IOException {
    Files.createDirectories(FOLDER);
    Path file = FOLDER.resolve(name + ".html");
    Files.writeString(file, html);
    try (Chromium chromium = new Chromium()) {
      for (int width : new int[] {390, 1280}) {
        for (ColorScheme theme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
          Page page = open(chromium, file, width, theme, false);
          page.screenshot(Chromium.shot("%s-%d-%s".formatted(name, width, theme)));
          assertThat(page.locator("svg").all()).filteredOn(Locator::isVisible).hasSize(1);
          page.context().close();
          // What examines a page is a script, so the same file is opened once more with scripts.
          Page examined = open(chromium, file, width, theme, true);
          Chromium.assertNothingIsCutOff(examined);
          Chromium.assertIsAccessible(examined);
          examined.context().close();
        }
      }
    }
  }

  private static Page open(
      Chromium chromium, Path file, int width, ColorScheme theme, boolean scripts) {
    List<String> requested = new ArrayList<>();
    Page page =
        chromium
            .browser
            .newContext(
                new Browser.NewContextOptions()
                    .setViewportSize(width, 900)
                    .setColorScheme(theme)
                    .setJavaScriptEnabled(scripts)
                    .setBypassCSP(scripts))
            .newPage();
    page.onRequest(request -> requested.add(request.url()));
    page.navigate(file.toUri().toString());
    assertThat(requested).containsExactly(file.toUri().toString());
    return page;
  }
}
