package io.crossfade.release;

/**
 * The ARN of an execution: {@code arn:aws:states:<region>:<account>:execution:<machine>:<name>}.
 */
public final class ExecutionArn {
  private ExecutionArn() {}

  /** The execution's name, which is its last part. A deployment's id is its execution's name. */
  public static String name(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }
}
