/** A release's own checks: requests, functions and tasks that say whether a version may go on. */
package io.crossfade.check;
