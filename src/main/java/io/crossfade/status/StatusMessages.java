package io.crossfade.status;

import static java.util.stream.Collectors.joining;

import io.crossfade.command.CommandButtons;
import io.crossfade.notify.NotificationMessages;
import io.crossfade.notify.Outcome;
import io.crossfade.release.Deployment;
import io.crossfade.release.Pause;
import io.crossfade.release.Progress;
import io.crossfade.release.Release;
import io.crossfade.release.ReleaseCheck;
import io.crossfade.release.TimelineEvent;
import io.crossfade.release.Timings;
import io.crossfade.report.Words;
import io.crossfade.slack.Blocks;
import io.crossfade.slack.Mrkdwn;
import io.crossfade.slack.SlackMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A deployment's message in Slack while it runs and when it has ended, and every sentence in it.
 * Limits of Block Kit and of {@code chat.update} are kept by cutting.
 */
final class StatusMessages {
  private static final int CELLS = 10;
  private static final int REASON = 1000;
  private static final int THREAD = 3000;

  private StatusMessages() {}

  /** Whether people see a difference, in the message or in its thread. */
  static boolean differs(Deployment before, ReleaseStatus status) {
    Deployment after = status.deployment();
    if (before == null || status.outcome() != null) {
      return status.outcome() != null || after.target() != null && !after.release().dryRun();
    }
    return !before.timeline().equals(after.timeline())
        || !edited(new ReleaseStatus(before, null, status.at())).equals(edited(status));
  }

  /** The message with its buttons, which only one that is edited has: they would soon be wrong. */
  static SlackMessage edited(ReleaseStatus status) {
    SlackMessage message = of(status);
    Deployment deployment = status.deployment();
    List<Map<String, Object>> blocks = new ArrayList<>(message.blocks());
    buttons(status.outcome(), deployment).ifPresent(blocks::add);
    return new SlackMessage(message.text(), blocks);
  }

  private static Optional<Map<String, Object>> buttons(Outcome outcome, Deployment deployment) {
    if (deployment.target() == null) {
      return Optional.empty();
    }
    if (outcome == null) {
      return CommandButtons.of(deployment);
    }
    return switch (outcome) {
      case RELEASED, RELEASED_WITH_WARNING -> CommandButtons.ofReleased(deployment);
      case REFUSED, ROLLED_BACK, RESTORE_INCOMPLETE -> Optional.empty();
    };
  }

  /** The message without its buttons. */
  static SlackMessage of(ReleaseStatus status) {
    Deployment deployment = status.deployment();
    String headline = "%s: %s".formatted(deployment.title(), stage(status));
    List<Map<String, Object>> blocks = new ArrayList<>();
    blocks.add(Blocks.header(headline));
    if (deployment.target() != null) {
      blocks.add(Blocks.section(bar(status)));
    }
    reason(status).ifPresent(reason -> blocks.add(Blocks.section(reason)));
    if (deployment.target() != null) {
      blocks.add(Blocks.fields(facts(status)));
      blocks.add(Blocks.context(origin(deployment, status.at())));
    }
    String text = Mrkdwn.escape(headline);
    return new SlackMessage(deployment.target() == null ? text : text + "\n" + bar(status), blocks);
  }

  /** What happened since the thread was last told, in one reply; empty if nothing did. */
  static Optional<SlackMessage> details(ReleaseStatus status, Instant toldUntil) {
    List<String> lines =
        status.deployment().timeline().stream()
            .filter(event -> toldUntil == null || event.at().isAfter(toldUntil))
            .map(StatusMessages::line)
            .toList();
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(SlackMessage.plain(Mrkdwn.cut(newest(lines), THREAD)));
  }

  /** As many as one reply holds, and how many are left out. */
  private static String newest(List<String> lines) {
    int left = 0;
    String text = String.join("\n", lines);
    while (text.length() > THREAD && left < lines.size() - 1) {
      left++;
      text =
          "… %d more before\n%s"
              .formatted(left, String.join("\n", lines.subList(left, lines.size())));
    }
    return text;
  }

  private static String line(TimelineEvent event) {
    return Mrkdwn.time(event.at()) + " " + Mrkdwn.escape(event.what());
  }

  private static String stage(ReleaseStatus status) {
    Deployment deployment = status.deployment();
    if (status.outcome() != null) {
      return NotificationMessages.headline(status.outcome());
    }
    if (deployment.restoration() != null) {
      return "is put back as it was";
    }
    return switch (deployment.progress().phase()) {
      case PLANNED -> "a release begins";
      case SCALED_OUT -> "the new version starts";
      case CHECKING -> "is being checked at %d %%".formatted(canaryShare(deployment));
      case SHIFTED, BAKING ->
          "is %s at %d %%"
              .formatted(pause(deployment) == null ? "watched" : "paused", canaryShare(deployment));
      case AWAITING_APPROVAL -> "waits for approval";
      case DRAINING -> "the old version gets its last requests";
    };
  }

  /** Once the rule is seen as the snapshot has it, the new version has nothing. */
  private static int canaryShare(Deployment deployment) {
    boolean turned =
        deployment.restoration() != null && deployment.restoration().trafficSince() != null;
    return turned ? 0 : deployment.progress().weights().canary();
  }

  private static String bar(ReleaseStatus status) {
    Deployment deployment = status.deployment();
    int canary = canaryShare(deployment);
    int filled = canary * CELLS / 100;
    return "`%s%s` *%d %%* of the traffic on %s, %d %% on %s"
        .formatted(
            "█".repeat(filled),
            "░".repeat(CELLS - filled),
            canary,
            Mrkdwn.escape(deployment.target().canary().service()),
            100 - canary,
            Mrkdwn.escape(deployment.target().stable().service()));
  }

  /** While a step bakes, the reason only counts down. */
  private static Optional<String> reason(ReleaseStatus status) {
    Deployment deployment = status.deployment();
    if (deployment.restoration() != null && status.outcome() == null) {
      return Optional.of(quoted(deployment.restoration().reason()));
    }
    if (pause(deployment) != null && status.outcome() == null) {
      return Optional.of(quoted(pause(deployment).sentence()));
    }
    boolean countsDown =
        status.outcome() == null
            && stepIsWatched(deployment)
            && status.at().isBefore(deployment.bakeEnds());
    return countsDown ? Optional.empty() : Optional.of(quoted(deployment.verdict().reason()));
  }

  private static String quoted(String reason) {
    return Mrkdwn.escape(Mrkdwn.cut(reason, REASON));
  }

  private static Map<String, String> facts(ReleaseStatus status) {
    Deployment deployment = status.deployment();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Step", step(deployment));
    facts.put("Elapsed", Words.duration(deployment.snapshot().takenAt(), status.at()));
    if (status.outcome() == null) {
      next(status).ifPresent(next -> facts.put("Next", next));
      facts.put("Health", health(deployment.progress()));
      facts.put("Alarms", alarms(deployment));
    }
    return facts;
  }

  private static String step(Deployment deployment) {
    String weights =
        deployment.release().steps().stream().map(s -> s.weight() + " %").collect(joining(", "));
    int reached = deployment.progress().step() + 1;
    return "%d of %d (%s)".formatted(reached, deployment.release().steps().size(), weights);
  }

  /** When something is due, or when it is given up. */
  private static Optional<String> next(ReleaseStatus status) {
    Deployment deployment = status.deployment();
    Instant since = deployment.progress().since();
    Release release = deployment.release();
    if (deployment.restoration() != null) {
      Instant end = deployment.restoration().begun().plusSeconds(Timings.RESTORE_DEADLINE_SECONDS);
      return Optional.of("a person is called after " + Mrkdwn.time(end));
    }
    return switch (deployment.progress().phase()) {
      case PLANNED -> Optional.of("the new version starts now");
      case SCALED_OUT -> {
        Instant end = since.plusSeconds(release.health().deadlineSeconds());
        yield Optional.of("must be healthy by " + Mrkdwn.time(end));
      }
      case CHECKING ->
          deployment
              .dueCheck()
              .map(
                  check ->
                      "%s must pass by %s"
                          .formatted(
                              Mrkdwn.escape(check.title()),
                              Mrkdwn.time(checkDeadline(deployment, check))));
      case SHIFTED, BAKING -> Optional.of(afterStep(deployment));
      case AWAITING_APPROVAL -> {
        Instant end = status.at().plusSeconds(release.approval().timeoutSeconds());
        yield Optional.of("no answer by " + Mrkdwn.time(end) + " is a rejection");
      }
      case DRAINING -> Optional.of("the old version goes once it gets no requests");
    };
  }

  private static Instant checkDeadline(Deployment deployment, ReleaseCheck check) {
    Instant begun = deployment.progress().checks().begun();
    return (begun == null ? deployment.progress().since() : begun)
        .plusSeconds(check.deadlineSeconds());
  }

  private static String afterStep(Deployment deployment) {
    Pause pause = pause(deployment);
    return pause == null
        ? afterBake(deployment) + " " + Mrkdwn.time(deployment.bakeEnds())
        : "rolled back at %s unless somebody continues".formatted(Mrkdwn.time(pause.until()));
  }

  private static String afterBake(Deployment deployment) {
    if (!deployment.onLastStep()) {
      int weight = deployment.step(deployment.progress().step() + 1).weight();
      return "%d %% at".formatted(weight);
    }
    return deployment.release().approval().skip() ? "draining at" : "the question at";
  }

  private static Pause pause(Deployment deployment) {
    return deployment.commands().pause();
  }

  private static boolean stepIsWatched(Deployment deployment) {
    Progress progress = deployment.progress();
    return progress != null
        && switch (progress.phase()) {
          case SHIFTED, BAKING -> true;
          case PLANNED, SCALED_OUT, CHECKING, AWAITING_APPROVAL, DRAINING -> false;
        };
  }

  private static String health(Progress progress) {
    if (progress.capacity() == 0) {
      return "not started";
    }
    if (progress.shortSince() != null) {
      return ":warning: of %d targets some are missing since %s"
          .formatted(progress.capacity(), Mrkdwn.time(progress.shortSince()));
    }
    return progress.trafficSince() == null
        ? "%d healthy targets are needed".formatted(progress.capacity())
        : ":white_check_mark: all %d targets are healthy".formatted(progress.capacity());
  }

  private static String alarms(Deployment deployment) {
    int watched = deployment.watched().size();
    if (deployment.restoration() != null || deployment.progress().trafficSince() == null) {
      return "%d watched".formatted(watched);
    }
    return ":white_check_mark: %d watched, none turned it back".formatted(watched);
  }

  private static String origin(Deployment deployment, Instant at) {
    Release release = deployment.release();
    return Stream.of(
            release.revert() == null ? null : quoted(release.revert().sentence()),
            "`" + Mrkdwn.escape(release.imageUri()) + "`",
            release.commit() == null ? null : "commit `" + Mrkdwn.escape(release.commit()) + "`",
            release.author() == null ? null : "by " + Mrkdwn.escape(release.author()),
            "deployment " + Mrkdwn.escape(deployment.id()),
            "as of " + Mrkdwn.time(at))
        .filter(part -> part != null)
        .collect(joining(" · "));
  }
}
