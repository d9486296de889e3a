package io.crossfade.localaws.slack;

import java.time.Duration;

/**
 * What the app answered to a request of Slack's.
 *
 * @param status 0 if there was no answer in time
 * @param error what the person who clicked sees; null if all is well
 */
public record ClickResult(int status, String body, Duration took, String error) {
  /**
   * How long Slack waits
   * (https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response).
   */
  public static final Duration PATIENCE = Duration.ofSeconds(3);

  static ClickResult of(int status, String body, Duration took) {
    String error = null;
    if (took.compareTo(PATIENCE) > 0) {
      error = "operation_timeout";
    } else if (status < 200 || status > 299) {
      error = "This app responded with Status Code " + status;
    }
    return new ClickResult(status, body, took, error);
  }

  static ClickResult none(String error, Duration took) {
    return new ClickResult(0, "", took, error);
  }

  public boolean inTime() {
    return status != 0 && took.compareTo(PATIENCE) <= 0;
  }

  public boolean ok() {
    return error == null;
  }
}
