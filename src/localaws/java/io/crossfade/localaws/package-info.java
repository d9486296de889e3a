/** A local AWS: what the template and the releases use of it, and nothing more. */
package io.crossfade.localaws;
