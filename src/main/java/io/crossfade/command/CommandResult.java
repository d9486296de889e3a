package io.crossfade.command;

/** What became of a command, in a status and a sentence. */
public record CommandResult(CommandAnswer.Status status, String sentence) {}
