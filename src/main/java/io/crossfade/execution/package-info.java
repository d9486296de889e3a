/** Executions of the state machine: what became of one, and starting one about a deployment. */
package io.crossfade.execution;
