package io.crossfade.localaws.iam;

/** A policy that IAM would not take, or that holds something that is not emulated. */
public final class PolicyError extends RuntimeException {
  PolicyError(String message) {
    super(message);
  }
}
