package io.crossfade.gate;

/** What the two colours answered in the same time. */
public record RequestTotals(Count stable, Count canary) {
  /**
   * @param errors answers with a 5xx status among the requests
   */
  public record Count(long requests, long errors) {}
}
