package io.crossfade.notify;

/**
 * What people are told.
 *
 * @param subject one line of at most 100 ASCII characters (SNS API reference, Publish)
 */
public record Notification(String subject, String body) {}
