/**
 * An engine for the Amazon States Language that the state machine uses, and Step Functions on top
 * of it.
 */
package io.crossfade.localaws.states;
