package io.crossfade.approval;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.aws.Handler;
import io.crossfade.command.CommandLook;
import io.crossfade.command.CommandStage;
import io.crossfade.gate.AlarmPolicy;
import io.crossfade.release.CapacityShortfall;
import io.crossfade.release.Deployment;
import io.crossfade.release.Invocation;
import io.crossfade.release.PermanentFailure;
import io.crossfade.release.TransientFailure;
import io.crossfade.slack.Messenger;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Asks in Slack. The answer reaches the state machine by way of the token; what this function
 * returns reaches nobody.
 */
@Named("request-approval")
@Handler
public class RequestApprovalHandler implements RequestHandler<Invocation, Deployment> {
  private static final Logger LOG = Logger.getLogger(RequestApprovalHandler.class);

  /** Each has retries of its own, and the function must not run out of time over them. */
  private static final int TRIES = 2;

  private final EvidenceReader reader;
  private final ApprovalStore approvals;
  private final Messenger messenger;
  private final CommandLook commands;

  public RequestApprovalHandler(
      EvidenceReader reader, ApprovalStore approvals, Messenger messenger, CommandLook commands) {
    this.reader = reader;
    this.approvals = approvals;
    this.messenger = messenger;
    this.commands = commands;
  }

  @Override
  public Deployment handleRequest(Invocation in, Context context) {
    if (in.token() == null || in.token().isBlank()) {
      throw new PermanentFailure("the state machine sent no task token");
    }
    if (!asked(in)) {
      PendingApproval pending = pending(in);
      approvals.keep(pending);
      ask(pending, in.now());
    }
    PermanentFailure.throwFor(rollback(in));
    return in.document();
  }

  /**
   * Looked for after the question is on record: who gives a rollback from then on finds the
   * question, and ends it.
   *
   * <p>If it cannot be read, the release waits for its answer all the same. To fail here would be
   * to ask again: the state's retry comes with another token. Nothing is lost by it: a rollback
   * that was given just before ends the question once it is given again, and after an approval the
   * drain's first look takes it up, before the old version goes.
   */
  private Optional<String> rollback(Invocation in) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      try {
        return commands.rollback(in.document(), CommandStage.ASKING, in.now());
      } catch (TransientFailure unread) {
        LOG.warn("commands could not be read: " + unread.getMessage());
      }
    }
    return Optional.empty();
  }

  private PendingApproval pending(Invocation in) {
    Deployment deployment = in.document();
    Instant expiresAt = in.now().plusSeconds(deployment.release().approval().timeoutSeconds());
    Evidence evidence = reader.of(deployment, in.now());
    requireFine(deployment, evidence);
    return PendingApproval.of(in.token(), deployment, evidence, expiresAt);
  }

  /** A version that is known to be bad is not put to anybody, nor one that lacks targets now. */
  private static void requireFine(Deployment deployment, Evidence evidence) {
    PermanentFailure.throwFor(AlarmPolicy.reasonToStop(deployment, evidence.alarms()));
    PermanentFailure.throwFor(AlarmPolicy.reasonToStop(deployment, evidence.comparison()));
    evidence
        .canary(deployment)
        .shortfallBeforeScaleIn()
        .ifPresent(
            shortfall -> {
              throw new CapacityShortfall(shortfall);
            });
  }

  /** Lambda may run a function twice for one task; what was asked stays asked. */
  private boolean asked(Invocation in) {
    return approvals
        .asked(in.document().id())
        .filter(asked -> asked.nonce().equals(PendingApproval.nonce(in.token())))
        .isPresent();
  }

  private void ask(PendingApproval pending, Instant now) {
    var posted = messenger.post(ApprovalMessages.question(pending, now));
    approvals.posted(
        pending.deployment().id(), new PostedApproval(pending.nonce(), posted, pending.evidence()));
  }
}
