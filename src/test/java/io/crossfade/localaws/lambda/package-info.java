/**
 * Hosts the packaged functions as Lambda does: one process each, driven by the Lambda Runtime API.
 */
package io.crossfade.localaws.lambda;
