/** Compares what the new version fails with what the old one fails in the same minutes. */
package io.crossfade.comparison;
