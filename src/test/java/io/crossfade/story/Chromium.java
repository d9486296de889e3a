package io.crossfade.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.crossfade.infrastructure.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The installed browser, and what is asked of every page. */
final class Chromium implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/chromium");
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final Set<String> SERIOUS = Set.of("serious", "critical");

  private final Playwright playwright;
  final Browser browser;

  /** Skips the test where there is no browser, and says so. */
  Chromium() {
    Tool.require(isInstalled(), "the page was seen in no browser: there is no /usr/bin/chromium");
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new LaunchOptions()
                    .setExecutablePath(PROGRAM)
                    // The sandbox does not start for root, and all that is opened is our own.
                    .setArgs(List.of("--no-sandbox")));
  }

  static boolean isInstalled() {
    return Files.isExecutable(PROGRAM) && hasDriver();
  }

  private static boolean hasDriver() {
    try {
      Class.forName("com.microsoft.playwright.impl.driver.jar.DriverJar");
      return true;
    } catch (ClassNotFoundException notThere) {
      return false;
    }
  }

  static Page.ScreenshotOptions shot(String name) {
    return new Page.ScreenshotOptions()
        .setPath(SCREENSHOTS.resolve(name.toLowerCase(Locale.ROOT) + ".png"))
        .setFullPage(true);
  }

  static void assertNothingIsCutOff(Page page) {
    assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
        .as("what sticks out on the right, in pixels")
        .isEqualTo(0);
  }

  static void assertIsAccessible(Page page) {
    List<Rule> found = new AxeBuilder(page).analyze().getViolations();
    assertThat(found)
        .filteredOn(rule -> SERIOUS.contains(rule.getImpact()))
        .extracting(rule -> rule.getId() + " " + rule.getNodes().get(0).getHtml())
        .isEmpty();
  }

  @Override
  public void close() {
    playwright.close();
  }
}
