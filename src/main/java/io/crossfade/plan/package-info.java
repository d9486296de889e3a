/** Reading the input, finding out what is stable, and refusing what is not safe to start. */
package io.crossfade.plan;
