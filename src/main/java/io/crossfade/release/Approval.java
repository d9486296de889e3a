package io.crossfade.release;

/**
 * Whether a person is asked at 100 %.
 *
 * @param skip true when the input says {@code "approval": "skip"}
 * @param timeoutSeconds how long an answer is waited for, 60 to 518,400 (6 days, below
 *     CodePipeline's 7)
 */
public record Approval(boolean skip, int timeoutSeconds) {
  public static final int MIN_TIMEOUT_SECONDS = 60;
  public static final int MAX_TIMEOUT_SECONDS = 518_400;
  public static final Approval DEFAULT = new Approval(false, 3600);
  public static final Approval SKIP = new Approval(true, 3600);

  public Approval {
    if (timeoutSeconds < MIN_TIMEOUT_SECONDS || timeoutSeconds > MAX_TIMEOUT_SECONDS) {
      throw new IllegalArgumentException(
          "timeoutSeconds must be 60 to 518400, found " + timeoutSeconds);
    }
  }
}
