package io.crossfade.notify;

import io.crossfade.release.CheckOverride;
import io.crossfade.release.Deployment;
import io.crossfade.release.Release;
import io.crossfade.release.TimelineEvent;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Every sentence of the notification. */
public final class NotificationMessages {
  private static final String NO_REPORT = "none could be written; the function's log says why";

  private NotificationMessages() {}

  /**
   * @param report where it is; empty if it could not be written
   */
  public static Notification of(Outcome outcome, Deployment deployment, Optional<String> report) {
    return new Notification(
        subject(headline(outcome), deployment),
        body(outcome, deployment, report.orElse(NO_REPORT)),
        deployment,
        report.orElse(null));
  }

  /** Every attempt to restore a deployment has failed. */
  public static Notification givenUp(Deployment deployment) {
    String body =
        body(
            Outcome.RESTORE_INCOMPLETE,
            deployment,
            "that of the last attempt, if it came to an end");
    String hint =
        "Mend what stands in the way, then start an execution with {\"restore\": \"%s\"}."
            .formatted(deployment.id());
    return new Notification(
        subject("ACT NOW: not restored, nothing more is tried", deployment),
        body + "\n\n" + hint,
        deployment,
        null);
  }

  private static String subject(String headline, Deployment deployment) {
    String who = deployment.title();
    String subject = "Crossfade: %s %s".formatted(who, headline);
    String ascii = subject.replaceAll("[^ -~]", "?");
    return ascii.length() <= 100 ? ascii : ascii.substring(0, 100);
  }

  /** What became of the release, in words that follow its name. */
  public static String headline(Outcome outcome) {
    return switch (outcome) {
      case RELEASED -> "released";
      case RELEASED_WITH_WARNING -> "released, but look at the old version";
      case REFUSED -> "refused, nothing was changed";
      case ROLLED_BACK -> "rolled back, everything is as it was";
      case RESTORE_INCOMPLETE -> "ACT NOW: not restored";
    };
  }

  private static String body(Outcome outcome, Deployment deployment, String report) {
    StringJoiner lines = new StringJoiner("\n");
    lines.add("Outcome: " + outcome.label());
    lines.add("Reason: " + deployment.verdict().reason());
    lines.add("Deployment: " + deployment.id());
    lines.add("Report: " + report);
    if (deployment.release() != null) {
      about(deployment.release(), lines);
    }
    if (!deployment.timeline().isEmpty()) {
      lines.add("").add("What happened:");
      deployment.timeline().forEach(event -> lines.add(line(event)));
    }
    return lines.toString();
  }

  private static void about(Release release, StringJoiner lines) {
    if (release.revert() != null) {
      lines.add("Asked for: " + release.revert().sentence());
    }
    lines.add("Image: " + release.imageUri());
    if (release.commit() != null) {
      lines.add("Commit: " + release.commit());
    }
    if (release.author() != null) {
      lines.add("Author: " + release.author());
    }
    if (release.pipelineExecutionId() != null) {
      lines.add("Pipeline execution: " + release.pipelineExecutionId());
    }
    if (release.override() != null) {
      CheckOverride override = release.override();
      String checks =
          override.checks().stream()
              .map(CheckOverride.Check::label)
              .collect(Collectors.joining(", "));
      lines.add("Override: %s by %s, because %s".formatted(checks, override.by(), override.why()));
    }
  }

  private static String line(TimelineEvent event) {
    return event.at() + "  " + event.what();
  }
}
