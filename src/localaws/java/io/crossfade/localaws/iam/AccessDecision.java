package io.crossfade.localaws.iam;

/** The decision of policies on a request. */
public sealed interface AccessDecision {
  /** Means that this statement allows it and none denies it. */
  record Allowed(PolicyStatement by) implements AccessDecision {}

  /** Means that a statement denies it, whatever others allow. */
  record ExplicitDeny(PolicyStatement by) implements AccessDecision {}

  /** Means that no statement speaks of it. */
  record ImplicitDeny() implements AccessDecision {}
}
