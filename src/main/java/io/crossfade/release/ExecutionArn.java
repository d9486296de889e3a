package io.crossfade.release;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The ARN of an execution: {@code arn:aws:states:<region>:<account>:execution:<machine>:<name>}.
 */
public final class ExecutionArn {
  private static final Predicate<String> NAME =
      Pattern.compile("[^\\s<>{}\\[\\]?*\"#%\\\\^|~`$&,;:/\\p{Cntrl}]{1,80}").asMatchPredicate();

  private ExecutionArn() {}

  /** The execution's name, which is its last part. A deployment's id is its execution's name. */
  public static String name(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }

  /** Whether an execution can have this name (API reference, StartExecution). */
  public static boolean isName(String text) {
    return NAME.test(text);
  }
}
