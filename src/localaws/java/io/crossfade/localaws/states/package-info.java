/**
 * Step Functions on this machine: an engine for the JSONPath flavour of Amazon States Language, and
 * the service's own client interface on top of it. Waits, retry intervals, task tokens and the
 * machine's timeout pass in world time; a function's run takes real time. What the engine does not
 * know is refused when the state machine is created, by state and field.
 *
 * @see <a href="https://states-language.net/spec.html">Amazon States Language</a>
 */
package io.crossfade.localaws.states;
