package io.crossfade.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.approval.CallbackBench;
import io.crossfade.approval.PostedApproval;
import io.crossfade.notify.Outcome;
import io.crossfade.release.Deployment;
import io.crossfade.release.Progress;
import io.crossfade.release.Restoration;
import io.crossfade.release.Revert;
import io.crossfade.release.Sample;
import io.crossfade.release.Side;
import io.crossfade.release.Verdict;
import io.crossfade.release.Weights;
import io.crossfade.report.ReleaseReport.Fact;
import io.crossfade.report.ReleaseReport.Version;
import io.crossfade.report.ReportMetrics.Measured;
import io.crossfade.slack.PostedMessage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DeploymentReportTest {
  private static final String BLUE = Side.dimensionOf(Sample.BLUE);
  private static final String GREEN = Side.dimensionOf(Sample.GREEN);
  private static final Instant START = Sample.START;
  private static final Instant END = START.plusSeconds(900);
  private static final Optional<PostedApproval> ASKED =
      Optional.of(
          new PostedApproval("nonce", new PostedMessage("C1", "1.2"), CallbackBench.evidence()));

  /** Released by way of 25 and 100 %. */
  private static Deployment moved() {
    Progress begun = Progress.begin(START);
    return Sample.at(-1)
        .with(begun)
        .recordEvent("planned", START)
        .with(begun.shifted(0, Weights.canaryAt(25), START.plusSeconds(60)))
        .recordEvent("25 %", START.plusSeconds(60))
        .recordEvent("fine", START.plusSeconds(180))
        .with(begun.scaledOut(4, START).shifted(3, Weights.canaryAt(100), START.plusSeconds(200)))
        .recordEvent("100 %", START.plusSeconds(200))
        .with(new Verdict("FINISH", "all is well", 0, false));
  }

  private static ReleaseReport report(Outcome outcome, Deployment deployment) {
    return DeploymentReport.of(
        outcome.label(), outcome.ending(), deployment, Optional.empty(), Measured.NOTHING, END);
  }

  @Test
  void theWeightsAreThoseOfTheTimeline() {
    assertThat(report(Outcome.RELEASED, moved()).samples().weights())
        .extracting(Samples.Weight::canary)
        .containsExactly(0, 25, 25, 100);
  }

  @Test
  void theTrafficIsBackFromWhenTheRuleWasSeenAsItWas() {
    Deployment back =
        moved()
            .with(new Restoration("rejected", START.plusSeconds(300), START.plusSeconds(301)))
            .recordEvent("later", START.plusSeconds(400));
    assertThat(report(Outcome.ROLLED_BACK, back).samples().weights())
        .endsWith(
            new Samples.Weight(START.plusSeconds(200), 100),
            new Samples.Weight(START.plusSeconds(301), 0));
  }

  @Test
  void anAnswerByASlowerClockKeepsItsPlace() {
    Deployment approved =
        moved()
            .recordEvent("approved", START.minusSeconds(5))
            .recordEvent("drained", START.plusSeconds(400));
    ReleaseReport report = report(Outcome.RELEASED, approved);
    assertThat(report.timeline())
        .extracting(event -> event.at().getEpochSecond() - START.getEpochSecond())
        .containsExactly(0L, 60L, 180L, 200L, 200L, 400L);
    assertThat(Stage.of(report)).last().extracting(stage -> stage.events().size()).isEqualTo(3);
  }

  @Test
  void theTrafficIsNotBackWhereTheRuleWasNotSeenAsItWas() {
    Deployment stuck = moved().with(new Restoration("rejected", START.plusSeconds(300), null));
    assertThat(report(Outcome.RESTORE_INCOMPLETE, stuck).samples().weights())
        .last()
        .extracting(Samples.Weight::canary)
        .isEqualTo(100);
  }

  @Test
  void anOlderDocumentSaysNothingOfItsWeights() {
    Deployment refused = Deployment.refused("run-9", Sample.EXECUTION, "no").recordEvent("no", END);
    assertThat(report(Outcome.REFUSED, refused).samples().weights()).isEmpty();
  }

  @Test
  void itTellsWhatIsReleasedWhereAndByWhom() {
    assertThat(report(Outcome.RELEASED, moved()).facts())
        .contains(
            new Fact("Deployment", "run-1"),
            new Fact("Execution", Sample.EXECUTION),
            new Fact("Image", Sample.IMAGE),
            new Fact("Commit", "abc1234"),
            new Fact("Author", "an@example.com"),
            new Fact("Cluster", "site"),
            new Fact("Rule", Sample.RULE),
            new Fact("Steps", "25 % for 120 s, 50 % for 120 s, 75 % for 120 s, 100 % for 120 s"))
        .extracting(Fact::name)
        .doesNotContain("Pipeline execution", "Override", "Approval");
  }

  @Test
  void whatTheReleaseHasChangedIsItsDifference() {
    assertThat(report(Outcome.RELEASED, moved()).comparison().differences())
        .extracting(Object::toString)
        .containsExactly(
            "Difference[what=The rule, before=forward to %s 1, %s 0, after=forward to %s 0, %s 100]"
                .formatted(BLUE, GREEN, BLUE, GREEN),
            "Difference[what=backend-green's task definition, before=%s, after=%s]"
                .formatted(Sample.PARKED, Sample.NEW),
            "Difference[what=backend-green's tasks, before=0, after=4 or as many as it needs]",
            "Difference[what=backend-blue's tasks, before=2, after=0]");
  }

  @Test
  void aRevertHasChangedNoTaskDefinition() {
    Deployment revert =
        Sample.at(0, Sample.revert("image:1", new Revert("run-0", "slow", "ann")))
            .withTaskDefinition(Sample.PARKED);
    ReleaseReport report = report(Outcome.RELEASED, revert);
    assertThat(report.title()).isEqualTo("backend (revert of run-0)");
    assertThat(report.facts()).contains(new Fact("Asked for", "revert of run-0 by ann: slow"));
    assertThat(report.comparison().differences())
        .extracting(ReleaseReport.Difference::what)
        .containsExactly("The rule", "backend-green's tasks", "backend-blue's tasks");
  }

  @Test
  void theTestRuleIsAmongIt() {
    Deployment tested = Sample.at(3, Sample.tested(), Sample.testedSnapshot());
    assertThat(report(Outcome.RELEASED, tested).comparison().differences())
        .extracting(Object::toString)
        .contains(
            "Difference[what=The test rule, before=forward to %s 1, %s 0, after=forward to %s 0, %s 100]"
                .formatted(BLUE, GREEN, BLUE, GREEN));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          RELEASED              | 4 | What the release has changed, and read back:
          RELEASED_WITH_WARNING | 3 | What the release has changed, and read back. The old version was not tidied away:
          REFUSED               | 0 | Everything is as it was before the release.
          ROLLED_BACK           | 0 | Everything is as it was before the release.
          RESTORE_INCOMPLETE    | 0 | Not everything is as it was before the release. The reason above says what.
          """)
  void everyOutcomeIsCompared(Outcome outcome, int differences, String sentence) {
    assertThat(report(outcome, moved()).comparison().differences()).hasSize(differences);
    assertThat(report(outcome, moved()).comparison().sentence()).isEqualTo(sentence);
  }

  @ParameterizedTest
  @EnumSource(Outcome.class)
  void everyOutcomeHasAPage(Outcome outcome) {
    assertThat(ReportPage.render(report(outcome, moved())))
        .contains("\">" + outcome.label() + "</span> backend</h1>")
        .contains("all is well")
        .doesNotContain("null");
  }

  @Test
  void aReleaseThatCouldNotBeReadHasAReportToo() {
    ReleaseReport refused =
        report(Outcome.REFUSED, Deployment.refused("run-9", Sample.EXECUTION, "no such rule"));
    assertThat(refused.title()).isEqualTo("run-9");
    assertThat(refused.versions()).isEmpty();
    assertThat(ReportPage.render(refused)).contains("no such rule").doesNotContain("null", "NaN");
  }

  @Test
  void theQuestionIsShownAsItWasAnswered() {
    Deployment deployment = moved().with(new Verdict("FINISH", "fine <b>", 0, false));
    ReleaseReport report =
        DeploymentReport.of(
            "Released", Outcome.RELEASED.ending(), deployment, ASKED, Measured.NOTHING, END);
    assertThat(ReportPage.render(report))
        .contains("<h3>backend: Closed</h3>")
        .contains("<b>Released</b>: fine &lt;b&gt;");
    assertThat(report.samples().alarms()).isNotEmpty();
  }

  @Test
  void whatTheLoadBalancerAnsweredItselfIsNoVersionsUnlessItDid() {
    Map<String, Samples.Count> failed =
        Map.of(CloudWatchReportMetrics.BALANCER, new Samples.Count(3, 3));
    Measured measured = new Measured(60, List.of(new Samples.Requests(START, failed)), List.of());
    ReleaseReport report =
        DeploymentReport.of(
            "Released", Outcome.RELEASED.ending(), moved(), Optional.empty(), measured, END);
    assertThat(report.versions())
        .extracting(Version::name)
        .containsExactly("backend-green", "backend-blue", "the load balancer");
    assertThat(report(Outcome.RELEASED, moved()).versions()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"60, 60", "24000, 60", "24061, 300", "120000, 300", "432000, 3600"})
  void aLongReleaseIsMeasuredInLongerPeriods(long seconds, int period) {
    assertThat(CloudWatchReportMetrics.period(START, START.plusSeconds(seconds))).isEqualTo(period);
  }

  @ParameterizedTest
  @CsvSource({
    "aws, console.aws.amazon.com",
    "aws-cn, console.amazonaws.cn",
    "aws-us-gov, console.amazonaws-us-gov.com"
  })
  void theLinkLeadsToTheConsoleOfThePartition(String partition, String host) {
    String arn = Sample.EXECUTION.replace("arn:aws:", "arn:" + partition + ":");
    assertThat(ConsoleLink.to(arn, "state", "deployments/run 1/report.html"))
        .isEqualTo(
            "https://eu-central-1.%s/s3/object/state?region=eu-central-1&prefix=deployments%%2Frun+1%%2Freport.html"
                .formatted(host));
  }
}
