/** Reads the SAM template that {@code sam deploy} uses. */
package io.crossfade.localaws.template;
