/**
 * Reads a SAM template as a deployment would: parameters, conditions, intrinsic functions, globals,
 * and the names and ARNs that resources get. What it does not know is an error that says where.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification.html">
 *     AWS SAM specification</a>
 */
package io.crossfade.localaws.template;
