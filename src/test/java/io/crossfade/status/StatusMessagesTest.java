package io.crossfade.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.localaws.slack.BlockKit;
import io.crossfade.notify.Outcome;
import io.crossfade.release.ApprovalSettings;
import io.crossfade.release.CommandState;
import io.crossfade.release.Deployment;
import io.crossfade.release.Pause;
import io.crossfade.release.Phase;
import io.crossfade.release.Release;
import io.crossfade.release.Restoration;
import io.crossfade.release.Sample;
import io.crossfade.release.Verdict;
import io.crossfade.slack.SlackMessage;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StatusMessagesTest {
  static Release with(Release asked, ApprovalSettings approval) {
    return new Release(
        asked.imageUri(),
        asked.baseServiceName(),
        asked.ruleArn(),
        asked.testRuleArn(),
        asked.cluster(),
        asked.container(),
        asked.steps(),
        asked.alarms(),
        approval,
        asked.health(),
        asked.minRequests(),
        asked.commit(),
        asked.author(),
        asked.createdAt(),
        null,
        false,
        null);
  }

  private static ReleaseStatus running(Deployment deployment, int seconds) {
    return new ReleaseStatus(deployment, null, Sample.START.plusSeconds(seconds));
  }

  private static Deployment in(Phase phase, int step) {
    Deployment deployment = Sample.at(step);
    return deployment.with(deployment.progress().in(phase));
  }

  /** Without the braces of Slack's dates. */
  private static String shown(ReleaseStatus status) {
    JsonNode blocks = new ObjectMapper().valueToTree(StatusMessages.of(status).blocks());
    assertThat(BlockKit.problems(blocks)).isEmpty();
    return texts(blocks)
        .collect(Collectors.joining("\n"))
        .replaceAll("<!date[^|]*\\|([^>]*)>", "$1");
  }

  private static Stream<String> texts(JsonNode node) {
    return node.path("text").isTextual()
        ? Stream.of(node.path("text").asText())
        : StreamSupport.stream(node.spliterator(), false).flatMap(StatusMessagesTest::texts);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      useHeadersInDisplayName = true,
      textBlock =
          """
          phase             | step | headline                            | bar        | next
          PLANNED           | -1   | a release begins                    | ░░░░░░░░░░ | the new version starts now
          SCALED_OUT        | -1   | the new version starts              | ░░░░░░░░░░ | must be healthy by 2026-01-31T12:15:00Z
          SHIFTED           | 0    | is watched at 25 %                  | ██░░░░░░░░ | 50 % at 2026-01-31T12:02:00Z
          BAKING            | 1    | is watched at 50 %                  | █████░░░░░ | 75 % at 2026-01-31T12:02:00Z
          BAKING            | 3    | is watched at 100 %                 | ██████████ | the question at 2026-01-31T12:02:00Z
          AWAITING_APPROVAL | 3    | waits for approval                  | ██████████ | no answer by 2026-01-31T13:01:30Z is a rejection
          DRAINING          | 3    | the old version gets its last requests | ██████████ | the old version goes once it gets no requests
          """)
  void aRunningReleaseTellsWhereItIsAndWhatComesNext(
      Phase phase, int step, String headline, String bar, String next) {
    String shown = shown(running(in(phase, step), 90));
    assertThat(shown)
        .startsWith("backend: " + headline + "\n")
        .contains("`" + bar + "`")
        .contains("*Next*\n" + next)
        .contains("*Elapsed*\n1 min 30 s")
        .contains("*Step*\n%d of 4 (25 %%, 50 %%, 75 %%, 100 %%)".formatted(step + 1));
  }

  /** A bake of 120 s; a command was given after 60, and this is shown after the seconds given. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      useHeadersInDisplayName = true,
      textBlock =
          """
          command   | shown | headline            | next                                                         | reason
          none      | 90    | is watched at 25 %  | 50 % at 2026-01-31T12:02:00Z                                 |
          pause     | 90    | is paused at 25 %   | rolled back at 2026-01-31T13:01:00Z unless somebody continues | paused by ann: slow
          pause     | 900   | is paused at 25 %   | rolled back at 2026-01-31T13:01:00Z unless somebody continues | paused by ann: slow
          promote   | 60    | is watched at 25 %  | 50 % at 2026-01-31T12:01:00Z                                 | said last
          continue  | 900   | is watched at 25 %  | 50 % at 2026-01-31T12:20:00Z                                 |
          continue  | 1300  | is watched at 25 %  | 50 % at 2026-01-31T12:20:00Z                                 | said last
          """)
  void aCommandMovesWhatComesNext(
      String command, int shown, String headline, String next, String reason) {
    Deployment deployment =
        Sample.at(0).with(commanded(command)).with(new Verdict("WAIT", "said last", 15, false));
    String text = shown(running(deployment, shown));
    assertThat(text).startsWith("backend: " + headline + "\n").contains("*Next*\n" + next + "\n");
    for (String sentence : List.of("paused by ann: slow", "said last")) {
      assertThat(text.contains(sentence)).isEqualTo(sentence.equals(reason));
    }
  }

  private static CommandState commanded(String command) {
    Instant given = Sample.START.plusSeconds(60);
    CommandState none = CommandState.NONE.withTaken("c1");
    return switch (command) {
      case "pause" -> none.withPause(new Pause("ann", "slow", given, given.plusSeconds(3600)));
      case "promote" -> none.withBakeEnd(0, given);
      case "continue" -> none.withBakeEnd(0, Sample.START.plusSeconds(1200));
      default -> CommandState.NONE;
    };
  }

  private static List<String> buttons(SlackMessage message) {
    JsonNode blocks = new ObjectMapper().valueToTree(message.blocks());
    assertThat(BlockKit.problems(blocks)).isEmpty();
    return blocks.findValuesAsText("action_id");
  }

  /** One that cannot be edited would keep buttons that mean nothing any more. */
  @Test
  void theMessageThatIsEditedAloneHasButtons() {
    ReleaseStatus baking = running(in(Phase.BAKING, 0), 60);
    assertThat(buttons(StatusMessages.edited(baking)))
        .containsExactly("crossfade_pause", "crossfade_promote", "crossfade_rollback");
    assertThat(buttons(StatusMessages.of(baking))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Outcome.class)
  void anEndTakesTheButtonsAway(Outcome outcome) {
    ReleaseStatus ended = new ReleaseStatus(Sample.at(3), outcome, Sample.START);
    assertThat(buttons(StatusMessages.edited(ended))).isEmpty();
  }

  @Test
  void thatAPauseBeginsAndEndsIsADifference() {
    Deployment before = Sample.at(0);
    Deployment paused = before.with(commanded("pause"));
    assertThat(StatusMessages.differs(before, running(paused, 60))).isTrue();
    assertThat(StatusMessages.differs(paused, running(paused, 75))).isFalse();
    Deployment continued = paused.with(commanded("continue"));
    assertThat(StatusMessages.differs(paused, running(continued, 900))).isTrue();
  }

  @Test
  void whatTurnsAPausedReleaseBackIsTold() {
    Deployment paused = Sample.at(0).with(commanded("pause"));
    Deployment turned =
        paused
            .with(new Verdict("ROLL_BACK", "an alarm fires", 0, false))
            .with(new Restoration("an alarm fires", Sample.START, null));
    assertThat(shown(running(turned, 90)))
        .startsWith("backend: is put back as it was\n")
        .contains("an alarm fires")
        .doesNotContain("paused");
  }

  @ParameterizedTest
  @EnumSource(Outcome.class)
  void anOutcomeIsSaidFirstAndNothingComesNext(Outcome outcome) {
    Deployment deployment = Sample.at(3).with(new Verdict("X", "because & so", 0, false));
    String shown = shown(new ReleaseStatus(deployment, outcome, Sample.START.plusSeconds(7300)));
    assertThat(shown.lines().findFirst().orElseThrow())
        .isEqualTo("backend: " + io.crossfade.notify.NotificationMessages.headline(outcome));
    assertThat(shown).contains("because &amp; so", "*Elapsed*\n2 h 1 min").doesNotContain("*Next*");
  }

  @Test
  void aRestoreTellsWhyAndThatTheTrafficIsBack() {
    Deployment before = Sample.at(1).with(new Restoration("an alarm", Sample.START, null));
    assertThat(shown(running(before, 10)))
        .startsWith("backend: is put back as it was\n")
        .contains("an alarm", "*50 %* of the traffic on backend-green");
    Deployment turned =
        before.with(new Restoration("an alarm", Sample.START, Sample.START.plusSeconds(1)));
    assertThat(shown(running(turned, 10)))
        .contains("*0 %* of the traffic on backend-green, 100 % on backend-blue");
  }

  @Test
  void missingTargetsAreTold() {
    Deployment full = Sample.at(1);
    assertThat(shown(running(full, 10))).contains("all 2 targets are healthy");
    Deployment two = full.with(full.progress().withShortSince(Sample.START));
    assertThat(shown(running(two, 10)))
        .contains(":warning: of 2 targets some are missing since 2026-01-31T12:00:00Z");
  }

  /** A bake of 120 seconds only counts down; after it, what holds the step is shown. */
  @ParameterizedTest
  @CsvSource({"100, false", "130, true"})
  void aCountdownIsNoDifference(int seconds, boolean differs) {
    Deployment before = Sample.at(0).with(new Verdict("WAIT", "20 s more", 15, false));
    Deployment after = Sample.at(0).with(new Verdict("WAIT", "5 s more", 5, false));
    assertThat(StatusMessages.differs(before, running(after, seconds))).isEqualTo(differs);
  }

  @Test
  void aLongBacklogLosesItsOldestLines() {
    Deployment deployment = Sample.at(0);
    for (int line = 0; line < 20; line++) {
      deployment =
          deployment.recordEvent("line %d %s".formatted(line, "x".repeat(300)), Sample.START);
    }
    String text = StatusMessages.details(running(deployment, 10), null).orElseThrow().text();
    assertThat(text)
        .startsWith("… 13 more before")
        .contains("line 13 ", "line 19 ")
        .doesNotContain("line 12 ")
        .hasSizeLessThanOrEqualTo(3000);
  }

  @Test
  void aNewLineOfTheTimelineIsADifference() {
    Deployment before = Sample.at(0);
    assertThat(StatusMessages.differs(before, running(before, 10))).isFalse();
    Deployment after = before.recordEvent("x", Sample.START);
    assertThat(StatusMessages.differs(before, running(after, 10))).isTrue();
  }

  @Test
  void aRefusalWithoutAReleaseIsShownTooIfItWasAnnounced() {
    Deployment refused = Deployment.refused("run-1", Sample.EXECUTION, "no lock");
    SlackMessage message =
        StatusMessages.of(new ReleaseStatus(refused, Outcome.REFUSED, Sample.START));
    assertThat(message.text()).isEqualTo("run-1: refused, nothing was changed");
    assertThat(StatusMessages.differs(null, running(refused, 0))).isFalse();
  }

  @Test
  void hostileWordsAreNoMarkupAndLongOnesAreCut() {
    Deployment deployment =
        Sample.at(3).with(new Verdict("X", "<!channel> " + "y".repeat(9000), 0, false));
    ReleaseStatus status =
        new ReleaseStatus(deployment, Outcome.ROLLED_BACK, Sample.START.plusSeconds(10));
    assertThat(shown(status)).contains("&lt;!channel&gt;").doesNotContain("<!channel>");
    assertThat(StatusMessages.of(status).text()).hasSizeLessThan(4000);
  }
}
