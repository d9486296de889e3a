package io.crossfade.approval;

import io.crossfade.gate.Alarm;
import io.crossfade.gate.RequestTotals.Count;
import io.crossfade.release.Deployment;
import io.crossfade.release.Release;
import io.crossfade.slack.Blocks;
import io.crossfade.slack.Mrkdwn;
import io.crossfade.slack.SlackMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The question as a Slack message, and every sentence that Slack shows about it. Limits of Block
 * Kit are kept by cutting: an over-long author must not stand in the way of an answer.
 */
public final class ApprovalMessages {
  static final String NOT_ALLOWED =
      "You may not decide this: you are not in this stack's list of approvers. Nothing was done.";
  static final String UNKNOWN =
      "This question is not known (any more). Nothing was done; look at the execution.";
  static final String TOO_LATE =
      "Too late: this question has expired, and the release was rolled back.";
  static final String OWN_RELEASE =
      "You may not approve a release of your own, and this one's author could not be told apart"
          + " from you. Somebody else has to decide; you may reject it.";
  static final String GONE =
      "Too late: the release was not waiting any more. It was answered, ended or rolled back.";
  static final String TRY_AGAIN =
      "Your click could not be passed on just now. Nothing is lost: please click again.";

  private static final int SECTION = 3000;
  private static final int NOTIFICATION = 3000;

  private ApprovalMessages() {}

  /** The question, with its two buttons. */
  public static SlackMessage question(PendingApproval pending, Instant now) {
    Deployment deployment = pending.deployment();
    List<Map<String, Object>> blocks =
        facts(deployment, pending.evidence(), "Take the old version away?");
    long minutes = Math.max(1, Duration.between(now, pending.expiresAt()).toMinutes());
    blocks.add(
        Blocks.context(
            "Expires %s, in %d min. No answer is a rejection."
                .formatted(Mrkdwn.time(pending.expiresAt()), minutes)));
    blocks.add(buttons(pending));
    return message(title(deployment) + " Take the old version away?", blocks);
  }

  /** The question after it was decided, without buttons. */
  static SlackMessage decided(PendingApproval pending) {
    ApprovalDecision decision = pending.decision();
    String verb = decision.choice() == ApprovalChoice.APPROVED ? "Approved" : "Rejected";
    String sentence = "*%s* by %s %s".formatted(verb, who(decision), Mrkdwn.time(decision.at()));
    return closed(pending.deployment(), pending.evidence(), sentence);
  }

  /** The question after the deployment has ended, however it did. */
  public static SlackMessage closed(Deployment deployment, Evidence evidence, String mrkdwn) {
    List<Map<String, Object>> blocks = facts(deployment, evidence, "Closed");
    blocks.add(Blocks.section(mrkdwn));
    return message(Mrkdwn.escape(deployment.release().baseServiceName()) + ": " + mrkdwn, blocks);
  }

  static String alreadyAnswered(ApprovalDecision decision) {
    return "Already answered: %s by %s %s. Nothing was done."
        .formatted(decision.choice().word(), who(decision), Mrkdwn.time(decision.at()));
  }

  static String passedOnNow(ApprovalDecision decision) {
    return "The answer of %s (%s) had not reached the release; it has now."
        .formatted(who(decision), decision.choice().word());
  }

  private static String who(ApprovalDecision decision) {
    if (decision.command() != null) {
      return "the command `%s`".formatted(Mrkdwn.escape(decision.command()));
    }
    return decision.alarm() == null
        ? "<@%s>".formatted(decision.userId())
        : "the alarm `%s`, which fired".formatted(Mrkdwn.escape(decision.alarm()));
  }

  private static SlackMessage message(String text, List<Map<String, Object>> blocks) {
    return new SlackMessage(Mrkdwn.cut(text, NOTIFICATION), blocks);
  }

  private static String title(Deployment deployment) {
    return "%s: the new version has %d %% of the traffic."
        .formatted(
            Mrkdwn.escape(deployment.release().baseServiceName()),
            deployment.progress().weights().canary());
  }

  private static List<Map<String, Object>> facts(
      Deployment deployment, Evidence evidence, String question) {
    List<Map<String, Object>> blocks = new ArrayList<>();
    String service = deployment.release().baseServiceName();
    blocks.add(Blocks.header(service + ": " + question));
    blocks.add(Blocks.fields(release(deployment)));
    blocks.add(Blocks.fields(traffic(deployment, evidence)));
    blocks.add(Blocks.section("*Comparison*\n" + evidence.comparison().sentence()));
    blocks.add(Blocks.section(alarms(evidence.alarms())));
    return blocks;
  }

  private static Map<String, String> release(Deployment deployment) {
    Release release = deployment.release();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Service", Mrkdwn.escape(deployment.target().canary().service()));
    facts.put("Image", "`" + Mrkdwn.escape(release.imageUri()) + "`");
    if (release.commit() != null) {
      facts.put("Commit", "`" + Mrkdwn.escape(release.commit()) + "`");
    }
    if (release.author() != null) {
      facts.put("Author", Mrkdwn.escape(release.author()));
    }
    facts.put("Deployment", Mrkdwn.escape(deployment.id()));
    return facts;
  }

  private static Map<String, String> traffic(Deployment deployment, Evidence evidence) {
    String stable = deployment.target().stable().service();
    String canary = deployment.target().canary().service();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(
        "Weights",
        "%s %d %%\n%s %d %%"
            .formatted(
                Mrkdwn.escape(canary),
                evidence.weights().canary(),
                Mrkdwn.escape(stable),
                evidence.weights().stable()));
    facts.put(
        "Health", "%d of %d targets healthy".formatted(evidence.healthy(), evidence.needed()));
    facts.put(
        "Requests since " + Mrkdwn.time(evidence.since()),
        "%s: %s\n%s: %s"
            .formatted(
                Mrkdwn.escape(canary),
                count(evidence.totals().canary()),
                Mrkdwn.escape(stable),
                count(evidence.totals().stable())));
    return facts;
  }

  private static String count(Count count) {
    String requests =
        String.format(Locale.ROOT, "%,d requests, %,d errors", count.requests(), count.errors());
    return count.requests() == 0
        ? requests
        : requests
            + String.format(Locale.ROOT, " (%.2f %%)", 100.0 * count.errors() / count.requests());
  }

  private static String alarms(List<Alarm> alarms) {
    if (alarms.isEmpty()) {
      return "*Alarms*\nnone is watched";
    }
    StringBuilder lines = new StringBuilder("*Alarms*");
    for (int i = 0; i < alarms.size(); i++) {
      String line = "\n" + sign(alarms.get(i)) + " " + Mrkdwn.escape(alarms.get(i).sentence());
      String more = "\nand %d more".formatted(alarms.size() - i);
      if (lines.length() + line.length() + more.length() > SECTION) {
        return lines + more;
      }
      lines.append(line);
    }
    return lines.toString();
  }

  private static String sign(Alarm alarm) {
    if (alarm.trustedOk()) {
      return ":white_check_mark:";
    }
    return alarm.state() == Alarm.State.ALARM ? ":rotating_light:" : ":grey_question:";
  }

  private static Map<String, Object> buttons(PendingApproval pending) {
    String service = pending.deployment().release().baseServiceName();
    return Blocks.actions(
        "crossfade_decision",
        List.of(
            Blocks.button(
                ApprovalChoice.APPROVED.actionId(),
                "Approve",
                pending.nonce(),
                "primary",
                Blocks.confirm(
                    "Approve?", "The old version of %s is taken away.".formatted(service))),
            Blocks.button(
                ApprovalChoice.REJECTED.actionId(),
                "Reject",
                pending.nonce(),
                "danger",
                Blocks.confirm(
                    "Reject?", "%s is put back exactly as it was.".formatted(service)))));
  }
}
