package io.crossfade.release;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What must be so before the new version gets more traffic. Exactly one of the last three is given.
 *
 * @param deadlineSeconds from its beginning until it must have passed, 60 to 1,800
 * @param after the weight of the step after which it runs; null means before the first
 */
public record ReleaseCheck(
    String name, int deadlineSeconds, Integer after, Http http, Lambda lambda, Task task) {
  public static final int MIN_DEADLINE_SECONDS = 60;
  public static final int MAX_DEADLINE_SECONDS = 1800;
  public static final int DEFAULT_DEADLINE_SECONDS = 300;

  /** Of all checks of a release together, so that an execution's history holds their looks. */
  public static final int MAX_TOTAL_DEADLINE_SECONDS = 3600;

  public ReleaseCheck {
    requireNonNull(name);
    if (deadlineSeconds < MIN_DEADLINE_SECONDS || deadlineSeconds > MAX_DEADLINE_SECONDS) {
      throw new IllegalArgumentException(
          "deadlineSeconds must be 60 to 1800, found " + deadlineSeconds);
    }
    if (Stream.of(http, lambda, task).filter(Objects::nonNull).count() != 1) {
      throw new IllegalArgumentException("a check is one of http, lambda and task");
    }
  }

  /** As people read it. */
  public String title() {
    return "check \"%s\"".formatted(name);
  }

  /**
   * Requests through the test rule.
   *
   * @param host as a browser would name it; null where the test rule names one, or none is needed
   * @param json values as texts, by their JSON pointers (RFC 6901), that the answer must have
   * @param text what the answer must contain; null if nothing in particular
   * @param times how many requests in a row must be answered so, 1 to 20
   */
  public record Http(
      String path,
      String method,
      String host,
      int status,
      Map<String, String> json,
      String text,
      int times) {
    public static final int MAX_TIMES = 20;

    public Http {
      requireNonNull(path);
      requireNonNull(method);
      json = json == null ? Map.of() : Map.copyOf(json);
      if (times < 1 || times > MAX_TIMES) {
        throw new IllegalArgumentException("times must be 1 to 20, found " + times);
      }
    }
  }

  /**
   * A function of the team's.
   *
   * @param function its name, in the stack's account and region
   */
  public record Lambda(String function) {
    public Lambda {
      requireNonNull(function);
    }
  }

  /**
   * A task of the new task definition, beside the service.
   *
   * @param container whose command is replaced and whose exit code counts; null means the released
   *     one
   * @param command empty for the container's own
   */
  public record Task(String container, List<String> command) {
    public Task {
      command = command == null ? List.of() : List.copyOf(command);
    }

    /** The same for the container it names, or else for this one. */
    public Task in(String released) {
      return new Task(container == null ? released : container, command);
    }
  }
}
