package io.crossfade.report;

import io.crossfade.approval.ApprovalMessages;
import io.crossfade.approval.PostedApproval;
import io.crossfade.gate.Alarm;
import io.crossfade.release.CheckOverride;
import io.crossfade.release.Deployment;
import io.crossfade.release.Release;
import io.crossfade.release.Restoration;
import io.crossfade.release.ServiceState;
import io.crossfade.release.Side;
import io.crossfade.release.Snapshot;
import io.crossfade.release.TimelineEvent;
import io.crossfade.report.ReleaseReport.Comparison;
import io.crossfade.report.ReleaseReport.Difference;
import io.crossfade.report.ReleaseReport.Ending;
import io.crossfade.report.ReleaseReport.Fact;
import io.crossfade.report.ReleaseReport.Role;
import io.crossfade.report.ReleaseReport.Table;
import io.crossfade.report.ReleaseReport.Version;
import io.crossfade.report.ReportMetrics.Measured;
import io.crossfade.slack.Mrkdwn;
import io.crossfade.traffic.ListenerRule;
import io.crossfade.traffic.ListenerRules;
import io.crossfade.traffic.TestTraffic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes a report of a deployment document. */
final class DeploymentReport {
  private DeploymentReport() {}

  /**
   * @param outcome as the state machine calls it
   * @param asked the question, if there was one
   * @param now when the release ended
   */
  static ReleaseReport of(
      String outcome,
      Ending ending,
      Deployment deployment,
      Optional<PostedApproval> asked,
      Measured measured,
      Instant now) {
    List<TimelineEvent> timeline = inOrder(deployment.timeline());
    return new ReleaseReport(
        outcome,
        deployment.verdict().reason(),
        ending,
        deployment.title(),
        facts(deployment),
        begun(deployment, now),
        now,
        versions(deployment, measured),
        timeline,
        new Samples(
            measured.intervalSeconds(),
            measured.requests(),
            weights(timeline, deployment.restoration()),
            measured.health(),
            alarms(deployment, asked)),
        asked.map(posted -> question(outcome, deployment, posted)).orElse(List.of()),
        comparison(ending, deployment),
        List.of(
            Table.of(
                "AWS calls of the states before this one",
                List.of("Operation", "Calls"),
                deployment.calls())));
  }

  /** A restore by hand begins with its own first line; what it restores began with the snapshot. */
  static Instant begun(Deployment deployment, Instant now) {
    return deployment.snapshot() != null
        ? deployment.snapshot().takenAt()
        : deployment.timeline().isEmpty() ? now : deployment.timeline().get(0).at();
  }

  /** The long names last. */
  private static List<Fact> facts(Deployment deployment) {
    List<Fact> facts = new ArrayList<>();
    add(facts, "Deployment", deployment.id());
    if (deployment.release() != null) {
      addRelease(facts, deployment.release());
    }
    if (deployment.snapshot() != null) {
      add(facts, "Alarms watched", String.join(", ", deployment.watched()));
    }
    if (deployment.approval() != null) {
      add(facts, "Approval", deployment.approval().sentence());
    }
    add(facts, "Execution", deployment.execution());
    if (deployment.release() != null) {
      add(facts, "Rule", deployment.release().ruleArn());
      add(facts, "Test rule", deployment.release().testRuleArn());
      add(facts, "Image", deployment.release().imageUri());
    }
    return facts;
  }

  private static void addRelease(List<Fact> facts, Release release) {
    add(facts, "Cluster", release.cluster());
    add(facts, "Asked for", release.revert() == null ? null : release.revert().sentence());
    add(facts, "Commit", release.commit());
    add(facts, "Author", release.author());
    add(facts, "Pipeline execution", release.pipelineExecutionId());
    String steps =
        release.steps().stream()
            .map(step -> "%d %% for %d s".formatted(step.weight(), step.bakeSeconds()))
            .collect(Collectors.joining(", "));
    add(facts, "Steps", steps);
    CheckOverride override = release.override();
    if (override != null) {
      String checks =
          override.checks().stream()
              .map(CheckOverride.Check::label)
              .collect(Collectors.joining(", "));
      add(
          facts,
          "Override",
          "%s by %s, because %s".formatted(checks, override.by(), override.why()));
    }
  }

  private static void add(List<Fact> facts, String name, String value) {
    if (value != null && !value.isBlank()) {
      facts.add(new Fact(name, value));
    }
  }

  private static List<Version> versions(Deployment deployment, Measured measured) {
    List<Version> versions = new ArrayList<>();
    if (deployment.target() != null) {
      versions.add(version(deployment.target().canary(), Role.CANARY));
      versions.add(version(deployment.target().stable(), Role.STABLE));
    }
    boolean balancer =
        measured.requests().stream()
            .anyMatch(sample -> sample.versions().containsKey(CloudWatchReportMetrics.BALANCER));
    if (balancer) {
      versions.add(new Version(CloudWatchReportMetrics.BALANCER, Role.BALANCER, null));
    }
    return versions;
  }

  private static Version version(Side side, Role role) {
    return new Version(side.service(), role, side.colour());
  }

  /** An answer has the time of another clock than the states before and after it. */
  private static List<TimelineEvent> inOrder(List<TimelineEvent> timeline) {
    List<TimelineEvent> ordered = new ArrayList<>();
    Instant latest = Instant.MIN;
    for (TimelineEvent event : timeline) {
      latest = event.at().isAfter(latest) ? event.at() : latest;
      ordered.add(new TimelineEvent(latest, event.what(), event.weights()));
    }
    return ordered;
  }

  /** What was written, until the rule was seen as it was before. */
  private static List<Samples.Weight> weights(
      List<TimelineEvent> timeline, Restoration restoration) {
    Instant returned = restoration == null ? null : restoration.trafficSince();
    List<Samples.Weight> weights = new ArrayList<>();
    for (TimelineEvent event : timeline) {
      if (event.weights() != null && (returned == null || event.at().isBefore(returned))) {
        weights.add(new Samples.Weight(event.at(), event.weights().canary()));
      }
    }
    if (returned != null) {
      weights.add(new Samples.Weight(returned, 0));
    }
    return weights;
  }

  /** As the plan and the question found them; what the others did is in the timeline. */
  private static List<Samples.AlarmState> alarms(
      Deployment deployment, Optional<PostedApproval> asked) {
    List<Samples.AlarmState> states = new ArrayList<>();
    Snapshot snapshot = deployment.snapshot();
    if (snapshot != null) {
      snapshot
          .firing()
          .forEach(name -> states.add(new Samples.AlarmState(snapshot.takenAt(), name, "ALARM")));
      asked
          .map(posted -> posted.evidence().alarms())
          .orElse(List.of())
          .forEach(alarm -> addStates(states, alarm, snapshot.takenAt()));
    }
    states.sort(Comparator.comparing(Samples.AlarmState::at));
    return states;
  }

  private static void addStates(List<Samples.AlarmState> states, Alarm alarm, Instant begun) {
    if (alarm.firedAt() != null && alarm.firedAt().isAfter(begun)) {
      states.add(new Samples.AlarmState(alarm.firedAt(), alarm.name(), Alarm.State.ALARM.name()));
    }
    boolean changed = alarm.changedAt() != null && alarm.changedAt().isAfter(begun);
    states.add(
        new Samples.AlarmState(
            changed ? alarm.changedAt() : begun, alarm.name(), alarm.state().name()));
  }

  private static List<Map<String, Object>> question(
      String outcome, Deployment deployment, PostedApproval posted) {
    String ended = "*%s*: %s".formatted(outcome, Mrkdwn.escape(deployment.verdict().reason()));
    String approved =
        deployment.approval() == null ? "" : "\n" + Mrkdwn.escape(deployment.approval().sentence());
    return ApprovalMessages.closed(deployment, posted.evidence(), ended + approved).blocks();
  }

  private static Comparison comparison(Ending ending, Deployment deployment) {
    return switch (ending) {
      case GOOD -> written(deployment, true, "What the release has changed, and read back:");
      case WARNING ->
          written(
              deployment,
              false,
              "What the release has changed, and read back. The old version was not tidied away:");
      case UNCHANGED -> new Comparison("Everything is as it was before the release.", List.of());
      case BAD ->
          new Comparison(
              "Not everything is as it was before the release. The reason above says what.",
              List.of());
    };
  }

  private static Comparison written(Deployment deployment, boolean scaledIn, String sentence) {
    Snapshot before = deployment.snapshot();
    Side stable = deployment.target().stable();
    Side canary = deployment.target().canary();
    var divided =
        new ListenerRule(deployment.release().ruleArn(), false, before.actions())
            .divided(
                stable.targetGroupArn(), canary.targetGroupArn(), deployment.progress().weights());
    List<Difference> differences = new ArrayList<>();
    differences.add(
        new Difference(
            "The rule",
            ListenerRules.describe(before.actions()),
            ListenerRules.describe(divided.actions())));
    if (!before.testActions().isEmpty()) {
      var test = new ListenerRule(deployment.release().testRuleArn(), false, before.testActions());
      differences.add(
          new Difference(
              "The test rule",
              ListenerRules.describe(test.actions()),
              ListenerRules.describe(TestTraffic.shifted(deployment, test).actions())));
    }
    if (!before.canary().taskDefinition().equals(deployment.taskDefinition())) {
      differences.add(
          new Difference(
              canary.service() + "'s task definition",
              before.canary().taskDefinition(),
              deployment.taskDefinition()));
    }
    differences.add(
        tasks(before.canary(), deployment.progress().capacity() + " or as many as it needs"));
    if (scaledIn) {
      differences.add(tasks(before.stable(), "0"));
    }
    return new Comparison(sentence, differences);
  }

  private static Difference tasks(ServiceState before, String after) {
    return new Difference(
        before.service() + "'s tasks", String.valueOf(before.desiredCount()), after);
  }
}
