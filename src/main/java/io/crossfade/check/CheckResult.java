package io.crossfade.check;

import static java.util.Objects.requireNonNull;

import io.crossfade.release.ShortText;

/**
 * What one look at a check has found.
 *
 * @param words the check's own, in one line
 */
record CheckResult(Outcome outcome, String words) {
  private static final int MAX_CHARS = 500;

  /** What is known of a check. */
  enum Outcome {
    /** PASSED means that it need not be looked at again. */
    PASSED,
    /** FAILED means that the new version must not go on. */
    FAILED,
    /** NOT_YET means that it is not known before another look. */
    NOT_YET
  }

  CheckResult {
    requireNonNull(outcome);
    words = ShortText.oneLine(words, MAX_CHARS);
  }

  /** The same, told without the secrets of the test rule. */
  CheckResult told(TestEndpoint endpoint) {
    return new CheckResult(outcome, endpoint.withoutSecrets(words));
  }

  static CheckResult passed(String words) {
    return new CheckResult(Outcome.PASSED, words);
  }

  static CheckResult failed(String words) {
    return new CheckResult(Outcome.FAILED, words);
  }

  static CheckResult notYet(String words) {
    return new CheckResult(Outcome.NOT_YET, words);
  }
}
