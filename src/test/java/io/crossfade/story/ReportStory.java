package io.crossfade.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.approval.ApprovalChoice;
import io.crossfade.localaws.faults.Fault;
import io.crossfade.localaws.faults.FaultRule;
import io.crossfade.localaws.faults.Faults;
import io.crossfade.localaws.slack.Message;
import io.crossfade.rehearsal.ReportFiles;
import io.crossfade.rehearsal.Visitors;
import io.crossfade.report.ReleaseReport;
import io.crossfade.report.ReleaseReport.Ending;
import io.crossfade.report.ReportPage;
import io.crossfade.report.Samples;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The packaged functions write the report of each release. */
class ReportStory {
  private static final List<String> SECTIONS =
      List.of("outcome", "picture", "steps", "question", "comparison", "table-0");

  @Test
  void aReleaseHasAReportThatSlackAndTheMailLinkTo() throws Exception {
    try (StoryStack world = new StoryStack();
        Visitors visitors = world.visitors(10)) {
      visitors.start();
      assertThat(world.run(world.release()).error()).isNull();

      ReleaseReport report = report(world, "story-1");
      assertThat(report.outcome()).isEqualTo("Released");
      assertThat(report.ending()).isEqualTo(Ending.GOOD);
      assertThat(canaryWeights(report)).containsExactly(0, 25, 50, 75, 100);
      assertThat(answered(report, "backend-blue")).isPositive();
      assertThat(answered(report, "backend-green")).isPositive();
      assertThat(report.samples().health())
          .contains(healthy(report, "backend-green", 2))
          .contains(healthy(report, "backend-blue", 2));
      assertThat(report.comparison().differences()).hasSize(4);
      assertThat(report.tables().get(0).rows())
          .contains(
              List.of("ElasticLoadBalancingV2 ModifyRule", 4),
              List.of("Ecs RegisterTaskDefinition", 1));
      assertThat(sections(page(world, "story-1"))).isEqualTo(SECTIONS);
      assertThat(page(world, "story-1")).isEqualTo(ReportPage.render(report));

      String link =
          "https://eu-central-1.console.aws.amazon.com/s3/object/%s?region=eu-central-1&prefix=deployments%%2Fstory-1%%2Freport.html"
              .formatted(world.stack.stateBucket());
      assertThat(world.aws.sns().published())
          .singleElement()
          .extracting(notice -> notice.message())
          .asString()
          .contains("Report: " + link + "\n");
      assertThat(StoryStack.SLACK.messages())
          .extracting(Message::text)
          .anyMatch(text -> text.contains("<" + link + "|"));
      ReportPageStory.lookAt(page(world, "story-1"), "report-released");
    }
  }

  @Test
  void aReleaseThatWasTurnedBackHasTheSameReport() throws Exception {
    try (StoryStack world = new StoryStack()) {
      world.answer(ApprovalChoice.REJECTED);
      assertThat(world.run(world.release()).error()).isEqualTo("RolledBack");

      ReleaseReport report = report(world, "story-1");
      assertThat(report.ending()).isEqualTo(Ending.UNCHANGED);
      assertThat(report.reason()).startsWith("rejected by");
      assertThat(canaryWeights(report)).containsExactly(0, 25, 50, 75, 100, 0);
      assertThat(report.comparison().differences()).isEmpty();
      assertThat(sections(page(world, "story-1"))).isEqualTo(SECTIONS);
      assertThat(page(world, "story-1"))
          .contains("<h3>Back to 0 %, from ")
          .doesNotContain("!date", "*Service*");
      ReportPageStory.lookAt(page(world, "story-1"), "report-rolled-back");
    }
  }

  @Test
  void aRefusalHasAReport() throws Exception {
    try (StoryStack world = new StoryStack()) {
      assertThat(world.run("{\"restore\": \"nobody\"}").error()).isEqualTo("Refused");
      assertThat(report(world, "story-1").reason()).contains("no deployment \"nobody\" is stored");
      assertThat(sections(page(world, "story-1")))
          .containsExactly("outcome", "picture", "steps", "comparison", "table-0");
    }
  }

  @Test
  void whatTheGuardianRestoresHasAReportUnderItsOwnId() throws Exception {
    try (StoryStack world = new StoryStack()) {
      world.guardianSleeps();
      world.stopAtFiftyPercent("stopped");
      assertThat(world.isStored("deployments/stopped/report.html")).isFalse();
      assertThat(world.run("{\"restore\": \"stopped\"}").error()).isEqualTo("RolledBack");
      assertThat(report(world, "stopped").reason()).contains("a restore of stopped was started");
      assertThat(report(world, "stopped").title()).isEqualTo("backend");
    }
  }

  @Test
  void aRestoreThatIsIncompleteHasAReport() throws Exception {
    try (StoryStack world = new StoryStack();
        Faults faults = new Faults(world.aws.gateway(), world.stack.identities(), function -> {})) {
      world.answer(ApprovalChoice.REJECTED);
      faults.inject(
          FaultRule.of(Fault.FAIL_BEFORE, "ecs:UpdateService").by("RollbackFunction").always());
      assertThat(world.run(world.release()).error()).isEqualTo("RestoreIncomplete");
      assertThat(report(world, "story-1").ending()).isEqualTo(Ending.BAD);
      assertThat(report(world, "story-1").reason()).contains("; not restored: ");
    }
  }

  /** Neither figures nor a place to write to: the release ends as it would. */
  @Test
  void aReleaseEndsAsItWouldWithoutAReport() throws Exception {
    try (StoryStack world = new StoryStack();
        Faults faults = new Faults(world.aws.gateway(), world.stack.identities(), function -> {})) {
      faults.inject(
          FaultRule.of(Fault.FAIL_BEFORE, "monitoring:GetMetricData")
              .by("NotifyFunction")
              .always());
      faults.inject(FaultRule.of(Fault.FAIL_BEFORE, "s3:GetObject").by("NotifyFunction").nth(2));
      assertThat(world.run(StoryStack.inOneStep(world.release())).error()).isNull();
      assertThat(world.notices()).containsExactly("Crossfade: backend released");
      String next = StoryStack.inOneStep(world.nextRelease());
      assertThat(world.run(next).error()).as("the lock was given back").isNull();
    }
  }

  private static ReleaseReport report(StoryStack world, String id) {
    return ReportFiles.read(stored(world, "deployments/%s/report.json".formatted(id)));
  }

  private static String page(StoryStack world, String id) {
    return new String(
        stored(world, "deployments/%s/report.html".formatted(id)), StandardCharsets.UTF_8);
  }

  private static byte[] stored(StoryStack world, String key) {
    return world.aws.s3().get(world.stack.stateBucket(), key).orElseThrow();
  }

  private static List<Integer> canaryWeights(ReleaseReport report) {
    List<Integer> weights = new ArrayList<>();
    for (Samples.Weight weight : report.samples().weights()) {
      if (weights.isEmpty() || weights.get(weights.size() - 1) != weight.canary()) {
        weights.add(weight.canary());
      }
    }
    return weights;
  }

  private static long answered(ReleaseReport report, String version) {
    return report.samples().requests().stream()
        .flatMap(minute -> Optional.ofNullable(minute.versions().get(version)).stream())
        .mapToLong(Samples.Count::requests)
        .sum();
  }

  private static Samples.Health healthy(ReleaseReport report, String version, int targets) {
    return report.samples().health().stream()
        .filter(seen -> seen.version().equals(version) && seen.healthy() == targets)
        .findFirst()
        .orElseThrow();
  }

  private static List<String> sections(String page) {
    return Pattern.compile("<section aria-labelledby=\"([a-z0-9-]+)\">")
        .matcher(page)
        .results()
        .map((MatchResult section) -> section.group(1))
        .toList();
  }
}
