package io.crossfade.localaws.wire;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The caller and the service that a signature names.
 *
 * @param accessKeyId empty if the request is not signed
 * @param service the signing name; empty if the request is not signed
 */
record Caller(String accessKeyId, String service) {
  private static final Pattern CREDENTIAL =
      Pattern.compile("(?:Credential=|^)([^/,\\s]+)/\\d{8}/[^/]+/([^/]+)/aws4_request");

  static Caller of(WireRequest request) {
    String signature =
        request.header("Authorization").isEmpty()
            ? request.query().getOrDefault("X-Amz-Credential", "")
            : request.header("Authorization");
    Matcher credential = CREDENTIAL.matcher(signature);
    return credential.find()
        ? new Caller(credential.group(1), credential.group(2))
        : new Caller("", "");
  }
}
