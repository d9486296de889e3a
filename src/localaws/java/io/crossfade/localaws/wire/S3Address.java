package io.crossfade.localaws.wire;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * Which bucket and object a request is about: {@code /bucket/key} on a plain host, {@code /key} on
 * a host that starts with the bucket's name. Either may be empty.
 */
record S3Address(String bucket, String key) {
  private static final Pattern BUCKET_HOST =
      Pattern.compile("(.+)\\.(?:localhost|s3[.-].*)", Pattern.CASE_INSENSITIVE);

  static S3Address of(WireRequest request) {
    Matcher host = BUCKET_HOST.matcher(request.header("Host").replaceAll(":\\d+$", ""));
    String path = request.path().replaceFirst("^/", "");
    if (host.matches()) {
      return new S3Address(host.group(1), decode(path));
    }
    String[] parts = path.split("/", 2);
    return new S3Address(decode(parts[0]), parts.length == 2 ? decode(parts[1]) : "");
  }

  /** In a path, unlike in a form, a plus is a plus. */
  private static String decode(String encoded) {
    return SdkHttpUtils.urlDecode(encoded.replace("+", "%2B"));
  }
}
