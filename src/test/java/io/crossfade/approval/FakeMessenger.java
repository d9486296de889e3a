package io.crossfade.approval;

import io.crossfade.release.TransientFailure;
import io.crossfade.slack.Messenger;
import io.crossfade.slack.PostedMessage;
import io.crossfade.slack.SlackMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A channel in memory. */
public class FakeMessenger implements Messenger {
  public final List<SlackMessage> posted = Collections.synchronizedList(new ArrayList<>());
  public final List<SlackMessage> replaced = Collections.synchronizedList(new ArrayList<>());
  public final List<SlackMessage> replies = Collections.synchronizedList(new ArrayList<>());
  final List<String> whispers = Collections.synchronizedList(new ArrayList<>());
  public boolean broken;

  @Override
  public PostedMessage post(SlackMessage message) {
    check();
    posted.add(message);
    return new PostedMessage("C1", "1700000000.000100");
  }

  @Override
  public PostedMessage reply(PostedMessage where, SlackMessage message, boolean broadcast) {
    if (!where.changeable()) {
      return post(message);
    }
    check();
    replies.add(message);
    return new PostedMessage("C1", "1700000000.000200");
  }

  @Override
  public void change(PostedMessage where, SlackMessage message) {
    check();
    replaced.add(message);
  }

  @Override
  public void replace(String responseUrl, SlackMessage message) {
    check();
    replaced.add(message);
  }

  @Override
  public void whisper(String responseUrl, String text) {
    check();
    whispers.add(text);
  }

  private void check() {
    if (broken) {
      throw new TransientFailure("Slack is away");
    }
  }
}
