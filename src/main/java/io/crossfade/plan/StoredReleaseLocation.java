package io.crossfade.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where a release is stored: {@code {"bucket": …, "key": …}}. */
final class StoredReleaseLocation {
  private StoredReleaseLocation() {}

  static boolean named(Map<?, ?> input) {
    return input.containsKey("bucket") || input.containsKey("key");
  }

  /** Nothing but a bucket and a key, both of which S3 could have given out. */
  static List<ValidationError> problems(Map<?, ?> input) {
    List<ValidationError> problems = new ArrayList<>();
    StrictFields fields = new StrictFields("", input, problems);
    fields.onlyKnown(Set.of("bucket", "key"));
    fields.requiredText(
        "bucket",
        63,
        "an S3 bucket's name",
        name -> name.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"));
    fields.requiredText("key", 1024, "an S3 key (1 to 1024 characters)", key -> !key.isBlank());
    return problems;
  }
}
