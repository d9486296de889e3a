/**
 * Compares what the template's policies allow with what the stories used: nothing more, nothing
 * less. The stories write the record, {@code used.json}. The quick tests read it.
 */
package io.crossfade.permissions;
