/**
 * EventBridge's default bus: what the local services tell of themselves, delivered to the functions
 * whose rules match.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html">
 *     EventBridge event patterns</a>
 */
package io.crossfade.localaws.events;
