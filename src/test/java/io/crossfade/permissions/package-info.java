/**
 * Holds what the template's policies allow against what the stories used of it: nothing more,
 * nothing less. The stories write the record, {@code used.json}; the quick tests judge by it.
 */
package io.crossfade.permissions;
