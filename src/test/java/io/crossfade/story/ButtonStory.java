package io.crossfade.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.command.Command;
import io.crossfade.command.CommandButtons;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.localaws.slack.LocalSlack;
import io.crossfade.localaws.slack.Message;
import io.crossfade.localaws.slack.SlackUser;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/** People who act on a release by the buttons of its message, on the packaged functions. */
class ButtonStory {
  private static final String ANN = "U0LOCALANN1 (ann): by button in Slack";
  private static final SlackUser STRANGER = new SlackUser("U0STRANGER1", "ann");

  /** Nobody's patience lasts so long. */
  private static final int FOR_HOURS = 10_000;

  /** The step at that weight bakes for hours. */
  private static String longAt(StoryStack world, int weight) {
    String step = "{\"weight\": %d, \"bakeSeconds\": %d}";
    return world.release().replace(step.formatted(weight, 30), step.formatted(weight, FOR_HOURS));
  }

  /** Waits until the release's message says so and has the button. */
  private static Message awaitShown(String headline, Command command) {
    AtomicReference<Message> shown = new AtomicReference<>();
    Await.until(
        "the message has %s and %s".formatted(headline, command),
        () -> {
          StoryStack.SLACK.messages().stream()
              .filter(message -> message.shown().contains("backend: " + headline))
              .filter(message -> message.actions().contains(CommandButtons.actionId(command)))
              .findFirst()
              .ifPresent(shown::set);
          return shown.get() != null;
        },
        StoryStack::warnings);
    return shown.get();
  }

  /** What Slack shows of it is another matter: on a slow machine the answer comes too late. */
  private static void click(Message message, Command command, SlackUser user) {
    StoryStack.SLACK.click(message, CommandButtons.actionId(command), user);
  }

  private static void clickUntilTold(
      Message message, Command command, SlackUser user, String beginning) {
    StoryStack.clickUntilTold(message, CommandButtons.actionId(command), user, beginning);
  }

  @Test
  void aReleaseIsPausedContinuedAndRolledBackByButton() throws Exception {
    try (StoryStack world = new StoryStack()) {
      String execution = world.stack.start("buttons", longAt(world, 50));
      Message baking = awaitShown("is watched at 50 %", Command.PAUSE);

      clickUntilTold(baking, Command.PAUSE, STRANGER, "You may not decide this");
      assertThat(world.isStored("deployments/buttons/command.json")).isFalse();

      click(baking, Command.PAUSE, LocalSlack.ANN);
      Message paused = awaitShown("is paused at 50 %", Command.CONTINUE);
      assertThat(paused.shown()).contains("paused by " + ANN);
      assertThat(StoryStack.told(LocalSlack.ANN))
          .allSatisfy(told -> assertThat(told).startsWith("pause by " + ANN));
      click(paused, Command.CONTINUE, LocalSlack.BEN);
      Message continued = awaitShown("is watched at 50 %", Command.PAUSE);

      clickUntilTold(
          baking,
          Command.PAUSE,
          LocalSlack.ANN,
          "no pause: the release has taken up another command since");

      click(continued, Command.ROLLBACK, LocalSlack.ANN);
      DescribeExecutionResponse ended = world.stack.await(execution);

      assertThat(ended.error()).as(ended.cause()).isEqualTo("RolledBack");
      assertThat(ended.cause()).isEqualTo("rollback by " + ANN);
      assertThat(world.weights(world.site.backend())).containsExactly(0, 25, 50, 0);
      clickUntilTold(
          continued, Command.ROLLBACK, LocalSlack.ANN, "no rollback: the release is over");
      assertThat(StoryStack.told(STRANGER))
          .allSatisfy(told -> assertThat(told).startsWith("You may not"));
    }
  }

  /** A request that is repeated skips no second step. */
  @Test
  void aPromotionByButtonSkipsTheRestOfTheBakeThatItsMessageShows() throws Exception {
    try (StoryStack world = new StoryStack()) {
      String execution =
          world.stack.start(
              "promoted",
              longAt(world, 25)
                  .replace(
                      "\"weight\": 50, \"bakeSeconds\": 30",
                      "\"weight\": 50, \"bakeSeconds\": " + FOR_HOURS));
      Message first = awaitShown("is watched at 25 %", Command.PROMOTE);

      click(first, Command.PROMOTE, LocalSlack.ANN);
      Message second = awaitShown("is watched at 50 %", Command.PROMOTE);
      clickUntilTold(
          first,
          Command.PROMOTE,
          LocalSlack.ANN,
          "no promote: it was meant for 25 %, and the release is at 50 %");
      assertThat(world.weights(world.site.backend())).containsExactly(0, 25, 50);

      click(second, Command.ROLLBACK, LocalSlack.BEN);
      assertThat(world.stack.await(execution).cause())
          .isEqualTo("rollback by U0LOCALBEN1 (ben): by button in Slack");
    }
  }
}
