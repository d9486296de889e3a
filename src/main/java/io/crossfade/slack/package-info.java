/** Slack: messages, the secret they need, the signature on what comes back. */
package io.crossfade.slack;
