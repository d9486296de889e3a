package io.crossfade.localaws.slack;

/** A person clicked a button, and the app answered. */
public record Click(SlackUser user, String messageTs, String actionId, Answer answer) {}
