package io.crossfade.localaws.sns;

import java.time.Instant;

/**
 * @param subject null if it has none
 */
public record PublishedMessage(String topicArn, String subject, String message, Instant at) {}
