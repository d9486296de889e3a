package io.crossfade.approval;

import io.crossfade.release.TransientFailure;
import io.crossfade.slack.Message;
import io.crossfade.slack.Messenger;
import io.crossfade.slack.Posted;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A channel in memory. */
public class FakeMessenger implements Messenger {
  public final List<Message> posted = Collections.synchronizedList(new ArrayList<>());
  public final List<Message> replaced = Collections.synchronizedList(new ArrayList<>());
  final List<String> whispers = Collections.synchronizedList(new ArrayList<>());
  public boolean broken;

  @Override
  public Posted post(Message message) {
    check();
    posted.add(message);
    return new Posted("C1", "1700000000.000100");
  }

  @Override
  public void change(Posted where, Message message) {
    check();
    replaced.add(message);
  }

  @Override
  public void replace(String responseUrl, Message message) {
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
