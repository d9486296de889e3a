package io.crossfade.release;

/**
 * Whether a person is asked at 100 %.
 *
 * @param skip true when the input says {@code "approval": "skip"}, or of a revert does not say
 *     otherwise
 * @param timeoutSeconds how long an answer is waited for, 60 to 432,000 (5 days, below
 *     CodePipeline's 7)
 */
public record ApprovalSettings(boolean skip, int timeoutSeconds) {
  public static final int MIN_TIMEOUT_SECONDS = 60;
  public static final int MAX_TIMEOUT_SECONDS = 432_000;
  public static final ApprovalSettings DEFAULT = new ApprovalSettings(false, 3600);
  public static final ApprovalSettings SKIP = new ApprovalSettings(true, 3600);

  public ApprovalSettings {
    if (timeoutSeconds < MIN_TIMEOUT_SECONDS || timeoutSeconds > MAX_TIMEOUT_SECONDS) {
      throw new IllegalArgumentException(
          "timeoutSeconds must be 60 to 432000, found " + timeoutSeconds);
    }
  }
}
