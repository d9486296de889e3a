package io.crossfade.slack;

/** The stack's Slack secret, kept while the function is warm. */
public interface SlackSecrets {
  /**
   * @throws io.crossfade.release.PermanentFailure if it is not there, or is not what is needed
   */
  SlackSecret current();

  /**
   * Reads it again, because what is kept does not work: it may have been rotated. Asked again soon
   * after, it returns the cached one, so that forged requests do not cause calls of Secrets
   * Manager.
   */
  SlackSecret renewed();
}
