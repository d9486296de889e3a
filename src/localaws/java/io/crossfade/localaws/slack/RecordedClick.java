package io.crossfade.localaws.slack;

/** A person clicked a button, and the app answered. */
public record RecordedClick(
    SlackUser user, String messageTs, String actionId, ClickResponse answer) {}
