package io.crossfade.approval;

/** What a signed payload of Slack turned out to be. */
sealed interface InteractionPayload
    permits Click, InteractionPayload.Other, InteractionPayload.Malformed {
  /** Something that Slack sends and this application has no use for. */
  record Other() implements InteractionPayload {}

  /** A field which Slack always sends is missing or of the wrong kind. */
  record Malformed() implements InteractionPayload {}
}
