package io.crossfade.localaws.states;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which fields stand where. */
final class StateFields {
  static final Set<String> MACHINE =
      Set.of("Comment", "StartAt", "States", "Version", "TimeoutSeconds", "QueryLanguage");

  static final Map<String, Set<String>> BY_TYPE =
      Map.of(
          "Task",
          state(
              "Next End InputPath OutputPath ResultPath Parameters ResultSelector Resource Retry"
                  + " Catch TimeoutSeconds TimeoutSecondsPath"),
          "Pass",
          state("Next End InputPath OutputPath ResultPath Parameters Result"),
          "Choice",
          state("InputPath OutputPath Choices Default"),
          "Wait",
          state("Next End InputPath OutputPath Seconds SecondsPath Timestamp TimestampPath"),
          "Succeed",
          state("InputPath OutputPath"),
          "Fail",
          state("Error ErrorPath Cause CausePath"));

  static final Set<String> RETRIER =
      words(
          "Comment ErrorEquals IntervalSeconds MaxAttempts BackoffRate MaxDelaySeconds"
              + " JitterStrategy");
  static final Set<String> CATCHER = words("Comment ErrorEquals ResultPath Next");
  static final Set<String> INVOKE = words("FunctionName FunctionName.$ Payload Payload.$");

  private StateFields() {}

  private static Set<String> state(String fields) {
    return Stream.concat(Stream.of("Type", "Comment", "QueryLanguage"), words(fields).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Set<String> words(String words) {
    return Arrays.stream(words.split(" ")).collect(Collectors.toUnmodifiableSet());
  }
}
