/** The vocabulary of a release and the deployment document. Pure: values in, values out. */
package io.crossfade.release;
