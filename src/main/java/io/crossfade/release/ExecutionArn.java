package io.crossfade.release;

import java.util.regex.Pattern;

/**
 * The ARN of an execution: {@code arn:aws:states:<region>:<account>:execution:<machine>:<name>}.
 */
public final class ExecutionArn {
  /** API reference, StartExecution. */
  private static final Pattern NAME =
      Pattern.compile("[^\\s<>{}\\[\\]?*\"#%\\\\^|~`$&,;:/\\p{Cntrl}]{1,80}");

  private ExecutionArn() {}

  /** Whether an execution, and so a deployment, can have this name. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** The execution's name, which is its last part. A deployment's id is its execution's name. */
  public static String name(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }
}
