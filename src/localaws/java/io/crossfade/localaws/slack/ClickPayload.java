package io.crossfade.localaws.slack;

/** A person clicked a button, and the app answered. */
public record ClickPayload(SlackUser user, String messageTs, String actionId, ClickResult answer) {}
