package io.crossfade.approval;

import io.crossfade.slack.Posted;

/**
 * What a deployment remembers of its question: where it stands, and nothing that could answer it.
 */
public record Asked(String nonce, Posted posted, Evidence evidence) {}
