package io.crossfade.approval;

import static java.util.Objects.requireNonNull;

import io.crossfade.release.Deployment;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;

/**
 * A question that waits for its answer.
 *
 * @param nonce what the buttons carry instead of the token, which may be longer than a button's
 *     value can be (2,048 characters against 2,000) and would let whoever reads it answer
 * @param token the task token; never leaves the state bucket but for Step Functions
 * @param decision null until somebody has decided
 */
public record PendingApproval(
    String nonce,
    String token,
    Deployment deployment,
    Evidence evidence,
    Instant expiresAt,
    ApprovalDecision decision) {
  public PendingApproval {
    requireNonNull(nonce);
    requireNonNull(token);
    requireNonNull(deployment);
    requireNonNull(evidence);
    requireNonNull(expiresAt);
  }

  public static PendingApproval of(
      String token, Deployment deployment, Evidence evidence, Instant expiresAt) {
    return new PendingApproval(nonce(token), token, deployment, evidence, expiresAt, null);
  }

  /**
   * As fresh and as hard to guess as the token, of which it is a hash: a function that is invoked
   * twice for one token asks once.
   */
  static String nonce(String token) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  PendingApproval withDecision(ApprovalDecision next) {
    return new PendingApproval(nonce, token, deployment, evidence, expiresAt, next);
  }

  boolean expired(Instant now) {
    return !now.isBefore(expiresAt);
  }

  /** Without the token: records end up in logs. */
  @Override
  public String toString() {
    return "PendingApproval[%s until %s, %s]".formatted(deployment.id(), expiresAt, decision);
  }
}
