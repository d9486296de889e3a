/** A person decides: the question in Slack, and the answer that comes back. */
package io.crossfade.approval;
