package io.crossfade.report;

import io.crossfade.release.Arn;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where the console shows an object of a bucket, to whoever is signed in and may read it. */
final class ConsoleLink {
  private ConsoleLink() {}

  /**
   * @param arn of anything in the bucket's partition and region
   */
  static String to(String arn, String bucket, String key) {
    return "https://%s/s3/object/%s?region=%s&prefix=%s"
        .formatted(
            host(arn), bucket, Arn.region(arn), URLEncoder.encode(key, StandardCharsets.UTF_8));
  }

  private static String host(String arn) {
    return switch (arn.split(":", 3)[1]) {
      case "aws-cn" -> "console.amazonaws.cn";
      case "aws-us-gov" -> "console.amazonaws-us-gov.com";
      default -> "console.aws.amazon.com";
    };
  }
}
