package io.crossfade.localaws.wire;

import java.util.Map;

/** An HTTP response, whole. */
record WireResponse(int status, Map<String, String> headers, byte[] body) {}
