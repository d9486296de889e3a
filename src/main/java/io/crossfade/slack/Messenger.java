package io.crossfade.slack;

/** Talks to people in Slack. */
public interface Messenger {
  /**
   * Posts to the stack's channel.
   *
   * @throws io.crossfade.release.TransientFailure if Slack could not be reached or asks to wait
   * @throws io.crossfade.release.PermanentFailure if Slack refuses, with Slack's own word for it
   */
  PostedMessage post(SlackMessage message);

  /**
   * Answers a message in its thread; posts to the channel where it is not known which message.
   *
   * @param broadcast whether the channel is shown it, too
   */
  PostedMessage reply(PostedMessage posted, SlackMessage message, boolean broadcast);

  /** Changes a message that was posted; does nothing where it is not known which. */
  void change(PostedMessage posted, SlackMessage message);

  /**
   * Answers a click: changes the message that was clicked.
   *
   * @param responseUrl usable five times within 30 minutes (Slack, Handling user interaction)
   */
  void replace(String responseUrl, SlackMessage message);

  /** Answers a click: a sentence that only the one who clicked sees. */
  void whisper(String responseUrl, String text);
}
