package io.crossfade.localaws.iam;

/** What policies say to a request. */
public sealed interface Decision {
  /** Means that this statement allows it and none denies it. */
  record Allowed(Statement by) implements Decision {}

  /** Means that a statement denies it, whatever others allow. */
  record ExplicitDeny(Statement by) implements Decision {}

  /** Means that no statement speaks of it. */
  record ImplicitDeny() implements Decision {}
}
