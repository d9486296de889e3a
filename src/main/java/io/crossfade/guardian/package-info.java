/** Outside the state machine: puts back what an execution left half done when it ended. */
package io.crossfade.guardian;
