package io.crossfade.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.approval.ApprovalChoice;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.rehearsal.Visitors;
import io.crossfade.site.BookingSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** A second rule reaches the new version before users do, and goes back with everything else. */
class CanaryTestTrafficStory {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @Test
  void aTesterReachesTheNewVersionBeforeAnyUserDoes() throws Exception {
    try (StoryStack world = new StoryStack();
        Visitors visitors = world.visitors(20)) {
      BookingSite.Application backend = world.site.backend();
      String testRule = world.site.addTestRule(backend);
      List<Set<String>> seenByUsers = new ArrayList<>();
      world.onState(
          "ShiftTraffic",
          () -> {
            if (seenByUsers.isEmpty()) {
              Await.until("the new version answers", () -> ask(world).equals("backend-2"));
              Await.until(
                  "users have been there", () -> visitors.counts().containsKey("backend-1"));
              seenByUsers.add(Set.copyOf(visitors.counts().keySet()));
            }
          });
      visitors.start();

      DescribeExecutionResponse ended = world.run(release(world, testRule));

      assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(seenByUsers.get(0)).contains("backend-1").doesNotContain("backend-2");
      assertThat(shares(world, testRule)).containsExactly(0, 100);
      assertThat(world.weights(backend)).containsExactly(0, 25, 50, 75, 100);
      assertThat(ask(world)).isEqualTo("backend-2");
      visitors.stop();
      assertThat(visitors.report(world.images.orders()).failed()).isZero();
    }
  }

  @Test
  void theNextReleaseFindsTheTestRuleAtItsStableSide() throws Exception {
    try (StoryStack world = new StoryStack()) {
      String testRule = world.site.addTestRule(world.site.backend());
      world.run(StoryStack.inOneStep(release(world, testRule)));

      DescribeExecutionResponse next =
          world.run(StoryStack.inOneStep(named(world.nextRelease(), testRule)));

      assertThat(next.status()).as(next.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(shares(world, testRule)).containsExactly(0, 100, 0);
    }
  }

  /** Seven to nothing: no template says so, only the snapshot. */
  @Test
  void aReleaseThatIsRejectedPutsTheTestRuleBackAsItWas() throws Exception {
    try (StoryStack world = new StoryStack()) {
      BookingSite.Application backend = world.site.backend();
      String testRule = world.site.addTestRule(backend);
      divide(world, testRule, 7, 0);
      List<Action> before = world.actions(testRule);
      world.answer(ApprovalChoice.REJECTED);

      DescribeExecutionResponse ended = world.run(StoryStack.inOneStep(release(world, testRule)));

      assertThat(ended.error()).as(ended.cause()).isEqualTo("RolledBack");
      assertThat(shares(world, testRule)).containsExactly(0, 100, 0);
      assertThat(world.actions(testRule)).isEqualTo(before);
    }
  }

  /** The guardian starts the restore. */
  @Test
  void aReleaseThatIsStoppedPutsTheTestRuleBackToo() throws Exception {
    try (StoryStack world = new StoryStack()) {
      String testRule = world.site.addTestRule(world.site.backend());
      List<Action> before = world.actions(testRule);
      String execution =
          world.stack.stateMachineArn().replace(":stateMachine:", ":execution:") + ":stopped";
      world.atShare(50, () -> world.stack.states().stopExecution(r -> r.executionArn(execution)));

      world.stack.start("stopped", release(world, testRule));
      DescribeExecutionResponse ended = world.stack.awaitWithRestores(execution);

      assertThat(ended.error()).as(ended.cause()).isEqualTo("RolledBack");
      assertThat(shares(world, testRule)).containsExactly(0, 100, 0);
      assertThat(world.actions(testRule)).isEqualTo(before);
    }
  }

  @Test
  void whoeverWritesTheTestRuleMeanwhileIsToldOf() throws Exception {
    try (StoryStack world = new StoryStack()) {
      String testRule = world.site.addTestRule(world.site.backend());
      List<Action> before = world.actions(testRule);
      world.atShare(50, () -> divide(world, testRule, 30, 70));

      DescribeExecutionResponse ended = world.run(release(world, testRule));

      assertThat(ended.error()).as(ended.cause()).isEqualTo("RolledBack");
      assertThat(ended.cause()).startsWith("someone else changed the test rule: it shows");
      assertThat(world.weights(world.site.backend())).containsExactly(0, 25, 50, 0);
      assertThat(world.actions(testRule)).isEqualTo(before);
    }
  }

  @Test
  void aTestRuleThatIsDeletedMeanwhileStandsInTheWayOfNothingElse() throws Exception {
    try (StoryStack world = new StoryStack()) {
      world.guardianSleeps();
      String testRule = world.site.addTestRule(world.site.backend());
      String scaling = world.aws.scaling().targets().toString();
      world.atShare(50, () -> world.aws.elb().deleteRule(r -> r.ruleArn(testRule)));

      DescribeExecutionResponse ended = world.run(release(world, testRule));

      assertThat(ended.error()).as(ended.cause()).isEqualTo("RestoreIncomplete");
      assertThat(ended.cause())
          .contains("the test rule was forward to ", ", is gone or cannot be read")
          .doesNotContain("desired count", "scaling");
      assertThat(world.weights(world.site.backend())).containsExactly(0, 25, 50, 0);
      assertThat(world.service("backend-green").desiredCount()).isZero();
      assertThat(world.aws.scaling().targets().toString()).isEqualTo(scaling);

      DescribeExecutionResponse next = world.run(StoryStack.inOneStep(world.release()));
      assertThat(next.status()).as(next.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }
  }

  private static String release(StoryStack world, String testRule) {
    return named(world.release(), testRule);
  }

  private static String named(String release, String testRule) {
    return release.replaceFirst("\\{", "{\"test_rule_arn\": \"%s\", ".formatted(testRule));
  }

  private static void divide(StoryStack world, String rule, int blue, int green) {
    BookingSite.Application backend = world.site.backend();
    Action forward =
        BookingSite.forward(Map.of(backend.blueGroupArn(), blue, backend.greenGroupArn(), green));
    world.aws.elb().modifyRule(r -> r.ruleArn(rule).actions(forward));
  }

  /** Green's share of the test rule, as each write set it. */
  private static List<Integer> shares(StoryStack world, String testRule) {
    return world.weights(world.site.backend(), testRule);
  }

  /** Which version answers a request that has the header of the test rule. */
  private static String ask(StoryStack world) {
    HttpRequest request =
        HttpRequest.newBuilder(world.site.url().resolve("/api/restaurants"))
            .header(BookingSite.TEST_HEADER, BookingSite.TEST_SECRET)
            .build();
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.discarding())
          .headers()
          .firstValue("X-Version")
          .orElse("");
    } catch (IOException away) {
      throw new UncheckedIOException(away);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
