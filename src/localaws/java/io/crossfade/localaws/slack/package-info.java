/**
 * A Slack workspace on this machine: the two methods of the Web API that a bot with {@code
 * chat:write} needs, an incoming webhook, clicks that reach the app as signed requests, and a page
 * that shows the channel. Messages are held to Block Kit's limits, strictly: whatever is accepted
 * here is accepted by Slack.
 *
 * @see <a href="https://docs.slack.dev/reference/block-kit">Block Kit</a>
 * @see <a href="https://docs.slack.dev/interactivity/handling-user-interaction">Handling user
 *     interaction</a>
 */
package io.crossfade.localaws.slack;
