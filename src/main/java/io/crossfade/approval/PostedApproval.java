package io.crossfade.approval;

import io.crossfade.slack.PostedMessage;

/**
 * What a deployment remembers of its question: where it stands, and nothing that could answer it.
 */
public record PostedApproval(String nonce, PostedMessage posted, Evidence evidence) {}
