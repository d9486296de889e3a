/** Executions of the state machine: what became of one, and starting one that restores. */
package io.crossfade.execution;
