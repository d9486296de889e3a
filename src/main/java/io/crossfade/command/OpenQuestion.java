package io.crossfade.command;

/** The question that a release may be waiting with. */
public interface OpenQuestion {
  /**
   * Rejects the deployment's question because of a command. Does nothing if none is open, or if it
   * was answered before; a rejection by this command whose delivery failed is delivered again.
   */
  void reject(String deployment, GivenCommand rollback);
}
