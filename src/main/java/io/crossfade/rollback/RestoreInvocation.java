package io.crossfade.rollback;

import static java.util.Objects.requireNonNull;

import io.crossfade.release.ExecutionArn;
import io.crossfade.release.StateInput;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the state machine hands to {@code begin-restore}.
 *
 * @param document the execution's input: {@code {"restore": "<deployment id>"}}, and which attempt
 *     it is where the guardian started it; a value may be null
 * @param execution the execution's ARN
 * @param now when the state was entered
 */
public record RestoreInvocation(Map<String, Object> document, String execution, Instant now)
    implements StateInput {
  private static final int MAX_NAME_CHARS = 80;

  public RestoreInvocation {
    if (document != null || execution != null || now != null) {
      document = Collections.unmodifiableMap(new LinkedHashMap<>(document));
      requireNonNull(execution);
      requireNonNull(now);
    }
  }

  @Override
  public String deploymentId() {
    return document == null ? "" : wellFormed() ? id() : name();
  }

  String id() {
    return String.valueOf(document.get("restore"));
  }

  /** An id is an execution's name, and part of a key in S3. */
  boolean wellFormed() {
    return document.get("restore") instanceof String id
        && !id.isBlank()
        && id.length() <= MAX_NAME_CHARS
        && !id.contains("/");
  }

  String name() {
    return ExecutionArn.name(execution);
  }

  String reason() {
    Object attempt = document.get("attempt");
    return attempt == null
        ? "a restore of %s was started".formatted(id())
        : "%s had ended half way; this is attempt %s to restore it".formatted(id(), attempt);
  }
}
