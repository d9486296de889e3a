/**
 * The benchmark: the packaged functions beside the same functions in other languages, what a
 * release costs in time and calls, and how many at once an account carries.
 */
package io.crossfade.bench;
