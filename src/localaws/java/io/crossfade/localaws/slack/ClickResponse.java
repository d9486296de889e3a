package io.crossfade.localaws.slack;

import java.time.Duration;

/**
 * What the app answered to a request of Slack's.
 *
 * @param status 0 if there was no answer in time
 * @param error what the person who clicked sees; null if all is well
 */
public record ClickResponse(int status, String body, Duration took, String error) {
  /**
   * How long Slack waits
   * (https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response).
   */
  public static final Duration TIMEOUT = Duration.ofSeconds(3);

  static ClickResponse of(int status, String body, Duration took) {
    String error = null;
    if (took.compareTo(TIMEOUT) > 0) {
      error = "operation_timeout";
    } else if (status < 200 || status > 299) {
      error = "This app responded with Status Code " + status;
    }
    return new ClickResponse(status, body, took, error);
  }

  static ClickResponse none(String error, Duration took) {
    return new ClickResponse(0, "", took, error);
  }

  public boolean inTime() {
    return status != 0 && took.compareTo(TIMEOUT) <= 0;
  }

  public boolean ok() {
    return error == null;
  }
}
