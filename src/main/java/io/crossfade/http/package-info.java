/** Requests that reach a function by way of an HTTP API. */
package io.crossfade.http;
