package io.crossfade.story;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.crossfade.story.Chromium.assertIsAccessible;
import static io.crossfade.story.Chromium.assertNothingIsCutOff;
import static io.crossfade.story.Chromium.shot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rehearsal's page in a browser, as somebody has it who watches, clicks and makes trouble. */
class PageStory {
  private static final Pattern ADDRESS = Pattern.compile("Watch it at (http://localhost:\\d+)$");
  private static final double PATIENCE_MILLIS = Duration.ofMinutes(3).toMillis();

  private static final String AT_HALF = "{\"weight\": 50, \"bakeSeconds\": 120}";
  private static final String AT_ALL = "{\"weight\": 100, \"bakeSeconds\": 60}";

  private static final List<ColorScheme> THEMES = List.of(ColorScheme.LIGHT, ColorScheme.DARK);
  private static final int PICTURE_WIDTH = 1280;
  private static final int PICTURE_HEIGHT = 1150;

  @TempDir Path folder;
  private final List<String> complaints = new ArrayList<>();
  private final Set<String> hosts = new TreeSet<>();
  private Chromium chromium;
  private RehearsalProcess rehearsal;
  private String address;

  @BeforeEach
  void start() {
    chromium = new Chromium();
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
  }

  /**
   * Starts a release, and opens its page at once.
   *
   * @param steps as in imageDetail.json
   */
  private Page rehearse(String steps, int users, int width, ColorScheme theme) throws Exception {
    Path release = folder.resolve("release.json");
    Files.writeString(
        release,
        """
        {"imageUri": "registry.example/backend@sha256:%s", "BASE_SERVICE_NAME": "backend",
         "rule_arn": "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener-rule/app/site/1/2/3",
         "steps": [%s]}
        """
            .formatted("2".repeat(64), steps));
    rehearsal =
        new RehearsalProcess(
            folder,
            "-Dapproval=ask",
            "-Dspeed=30",
            "-Dusers=" + users,
            "-Dstay=true",
            "-DimageDetail=" + release);
    Matcher printed = ADDRESS.matcher(rehearsal.awaitLine("Watch it at "));
    assertThat(printed.find()).isTrue();
    assertThat(rehearsal.said()).as("what is printed first").hasSize(1);
    address = printed.group(1);
    return open(width, theme);
  }

  @AfterEach
  void end() {
    if (rehearsal != null) {
      rehearsal.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  @Test
  void aReleaseIsWatchedToItsEndAndApproved() throws Exception {
    Page page = rehearse(AT_HALF + ", " + AT_ALL, 20, 1280, ColorScheme.LIGHT);
    answer(page, "Approve", "question");
    awaitOver(page);
    assertThat(page.locator("#ending-title")).hasText("Released");
    assertThat(page.locator(".state.present")).hasText("Released");
    assertThat(page.locator(".way.taken.back")).hasCount(0);
    assertThat(page.locator("#trouble button:enabled")).hasCount(0);
    for (int width : new int[] {390, 1280}) {
      for (ColorScheme theme : THEMES) {
        Page late = open(width, theme);
        awaitOver(late);
        late.locator("details").all().forEach(more -> more.locator("summary").click());
        assertThat(late.locator("#path")).containsText("ShiftTraffic");
        assertThat(late.locator("#log")).containsText("ann clicked: approved");
        late.screenshot(shot("released-%d-%s".formatted(width, theme)));
        assertNothingIsCutOff(late);
        assertIsAccessible(late);
      }
    }
    assertNoComplaints();
    assertEnds(0);
  }

  @Test
  void aReleaseThatIsRejectedComesBackAndThePageShowsTheWay() throws Exception {
    Page page = rehearse(AT_ALL, 20, 390, ColorScheme.DARK);
    answer(page, "Reject", "question");
    assertRolledBack(page, "rejected by");
    assertThat(page.locator("#log")).containsText("ann clicked: rejected");
    assertEnds(0);
  }

  @Test
  void theAlarmsButtonAtHalfOfTheTrafficTurnsTheReleaseBack() throws Exception {
    Page page = rehearse(AT_HALF + ", " + AT_ALL, 20, 1280, ColorScheme.DARK);
    makeTroubleAtHalf(page, "Trip the alarm");
    assertRolledBack(page, "backend-green-5xx");
    assertThat(page.locator("#alarm-history")).containsText("backend-green-5xx: ALARM after OK");
    page.screenshot(shot("alarm-1280-dark"));
    assertEnds(0);
  }

  @Test
  void aVersionThatBeginsToHangIsTurnedBack() throws Exception {
    // Metrics come a minute or two late, and the load balancer waits a minute for an answer.
    Page page =
        rehearse(AT_HALF.replace("120", "3000") + ", " + AT_ALL, 60, 390, ColorScheme.LIGHT);
    makeTroubleAtHalf(page, "Version 2 hangs");
    assertRolledBack(page, "at the step at 50 %");
    assertThat(page.locator("#log")).containsText("answers nothing but health checks any more");
    assertThat(page.locator("#versions")).containsText(Pattern.compile("load balancer|no answer"));
    page.screenshot(shot("hang-390-light"));
    assertEnds(0);
  }

  /** Only where somebody asks for them; docs/rehearsal.md has the command. */
  @Test
  void picturesOfThePageAndTheReportForTheDocuments() throws Exception {
    assumeThat(System.getProperty("pictures")).isEqualTo("write");
    String steps =
        Stream.of(25, 50, 75, 100)
            .map("{\"weight\": %d, \"bakeSeconds\": 300}"::formatted)
            .collect(Collectors.joining(", "));
    Page page = rehearse(steps, 100, PICTURE_WIDTH, ColorScheme.LIGHT);
    awaitQuestion(page, "Approve");
    for (ColorScheme theme : THEMES) {
      Page again = open(PICTURE_WIDTH, theme);
      awaitQuestion(again, "Approve");
      again.screenshot(picture("page", theme));
    }
    answer(page, "Approve", "question");
    awaitOver(page);
    for (ColorScheme theme : THEMES) {
      Page report = window(PICTURE_WIDTH, theme);
      report.navigate(folder.resolve("target/rehearsal/report.html").toUri().toString());
      report.screenshot(picture("report", theme));
    }
    assertEnds(0);
  }

  private static Page.ScreenshotOptions picture(String what, ColorScheme theme) {
    String name = "%s-%s.png".formatted(what, theme.name().toLowerCase(Locale.ROOT));
    return new Page.ScreenshotOptions()
        .setPath(Path.of("docs", name))
        .setFullPage(true)
        .setClip(0, 0, PICTURE_WIDTH, PICTURE_HEIGHT);
  }

  private static Locator awaitQuestion(Page page, String text) {
    Locator button = page.locator("#slack button[data-action]", button(text));
    button.waitFor();
    return button;
  }

  private void answer(Page page, String text, String shot) {
    Locator button = awaitQuestion(page, text);
    assertThat(page.locator(".state.present")).hasText("RequestApproval");
    assertThat(page.locator("#now")).containsText("Weight of green: 100 %");
    assertThat(page.locator("#slack")).not().containsText(Pattern.compile("<!date|\\*\\w"));
    page.screenshot(shot(shot + "-" + page.viewportSize().width));
    button.click();
    confirm(page);
  }

  private static void makeTroubleAtHalf(Page page, String button) {
    assertThat(page.locator("#now")).containsText("Weight of green: 50 %");
    page.locator("#trouble button", button(button)).click();
  }

  private void assertRolledBack(Page page, String reason) {
    awaitOver(page);
    assertThat(page.locator("#ending-title")).hasText("RolledBack");
    assertThat(page.locator("#ending-reason")).containsText(reason);
    assertThat(page.locator(".state.present.back")).hasText("RolledBack");
    assertThat(page.locator(".way.taken.back[data-from=Rollback]")).hasCount(1);
    assertThat(page.locator("#now")).containsText("Weight of green: 0 %");
    assertNoComplaints();
  }

  private void assertEnds(int status) throws Exception {
    rehearsal.type("\n");
    assertThat(rehearsal.awaitExit()).as(rehearsal.said().toString()).isEqualTo(status);
  }

  private static Page.LocatorOptions button(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  private Page window(int width, ColorScheme theme) {
    return chromium
        .browser
        .newContext(
            new Browser.NewContextOptions().setViewportSize(width, 900).setColorScheme(theme))
        .newPage();
  }

  private Page open(int width, ColorScheme theme) {
    Page page = window(width, theme);
    page.setDefaultTimeout(PATIENCE_MILLIS);
    page.onConsoleMessage(
        message -> {
          if (Set.of("error", "warning").contains(message.type())) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
    page.onRequest(request -> hosts.add(URI.create(request.url()).getAuthority()));
    page.navigate(address);
    return page;
  }

  private static void confirm(Page page) {
    Locator yes = page.locator("#ask button[value=yes]");
    if (yes.isVisible()) {
      yes.click();
    }
  }

  private static void awaitOver(Page page) {
    assertThat(page.locator("#run")).containsText("The run is over");
  }

  private void assertNoComplaints() {
    assertThat(complaints).isEmpty();
    assertThat(hosts).containsExactly(URI.create(address).getAuthority());
  }
}
