package io.crossfade.localaws.wire;

import java.util.Map;

/**
 * One HTTP request and its response, as they went over the wire.
 *
 * @param uri path and query, still percent-encoded
 * @param headers of the request
 * @param status of the response
 */
public record Exchange(
    String method,
    String uri,
    Map<String, String> headers,
    byte[] body,
    int status,
    Map<String, String> responseHeaders,
    byte[] responseBody) {}
