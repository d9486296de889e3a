/** What a deployment does now, and the one message in Slack that shows it. */
package io.crossfade.status;
