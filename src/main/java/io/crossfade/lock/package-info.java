/** One deployment per rule: who holds a rule's lock, and who may take it. */
package io.crossfade.lock;
