package io.crossfade.notify;

import static java.util.Objects.requireNonNull;

import io.crossfade.release.Deployment;

/**
 * What people are told.
 *
 * @param subject one line of at most 100 ASCII characters (SNS API reference, Publish)
 * @param body everything there is to say, in lines
 * @param deployment what it is about
 * @param report where the report is; null if there is none
 */
public record Notification(String subject, String body, Deployment deployment, String report) {
  public Notification {
    requireNonNull(subject);
    requireNonNull(body);
    requireNonNull(deployment);
  }
}
