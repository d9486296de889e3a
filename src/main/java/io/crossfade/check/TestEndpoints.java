package io.crossfade.check;

/** Test rules, as far as a request has to know them. */
interface TestEndpoints {
  /**
   * @throws io.crossfade.release.PermanentFailure if there is no such rule
   * @throws IllegalArgumentException if no request of a check can meet its conditions
   */
  TestEndpoint of(String testRuleArn);

  /** The same, but for the server's name: what a request must be, and not where it goes. */
  TestEndpoint withoutServer(String testRuleArn);
}
