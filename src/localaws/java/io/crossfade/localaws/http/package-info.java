/**
 * HTTP APIs of API Gateway on this machine: a real server per API, whose routes call functions with
 * events of payload format 2.0.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">
 *     Lambda proxy integrations for HTTP APIs</a>
 */
package io.crossfade.localaws.http;
