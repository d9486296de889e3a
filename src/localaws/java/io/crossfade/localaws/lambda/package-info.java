/**
 * Lambda on this machine, without a container engine: the packaged artifact runs in processes of
 * its own that poll the Lambda Runtime API, as they do on Lambda. A native artifact is started as
 * it is; a JVM artifact by a small main class in place of AWS's runtime interface client.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Runtime API</a>
 */
package io.crossfade.localaws.lambda;
