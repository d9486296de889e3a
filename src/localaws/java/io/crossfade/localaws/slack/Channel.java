package io.crossfade.localaws.slack;

import io.crossfade.localaws.slack.Message.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The one channel: its messages, oldest first, and its ephemeral messages. */
final class Channel {
  private final String id;
  private final Supplier<Instant> clock;
  private final Map<String, Message> messages = new LinkedHashMap<>();
  private final List<EphemeralMessage> ephemeral = new ArrayList<>();
  private final List<Consumer<Message>> listeners = new CopyOnWriteArrayList<>();
  private boolean botIsMember = true;
  private long lastMicros;

  Channel(String id, Supplier<Instant> clock) {
    this.id = id;
    this.clock = clock;
  }

  Message post(Source source, MessageContent content) {
    return reply(source, content, null, false);
  }

  /**
   * @param thread the ts of the message that is answered; null for none
   */
  Message reply(Source source, MessageContent content, String thread, boolean broadcast) {
    Message message;
    synchronized (this) {
      message =
          new Message(
              id,
              nextTs(),
              source,
              thread,
              broadcast,
              content.text(),
              content.blocks(),
              List.of(),
              false);
      messages.put(message.ts(), message);
    }
    notifyListeners(message);
    return message;
  }

  synchronized void botIsMember(boolean member) {
    botIsMember = member;
  }

  /** A bot with chat:write alone writes where it is a member; a webhook needs no membership. */
  synchronized void requireMember() {
    if (!botIsMember) {
      throw new SlackError("not_in_channel");
    }
  }

  Message update(String ts, MessageContent content) {
    return change(ts, content, false);
  }

  Message delete(String ts) {
    Message message = find(ts).orElseThrow(() -> new SlackError("message_not_found"));
    return change(ts, new MessageContent(message.text(), message.blocks()), true);
  }

  private Message change(String ts, MessageContent content, boolean deleted) {
    Message changed;
    synchronized (this) {
      Message before = find(ts).orElseThrow(() -> new SlackError("message_not_found"));
      List<Message.Version> versions = new ArrayList<>(before.updates());
      versions.add(new Message.Version(before.text(), before.blocks(), clock.get()));
      changed =
          new Message(
              id,
              ts,
              before.source(),
              before.thread(),
              before.broadcast(),
              content.text(),
              content.blocks(),
              versions,
              deleted);
      messages.put(ts, changed);
    }
    notifyListeners(changed);
    return changed;
  }

  synchronized EphemeralMessage sendEphemeral(String user, MessageContent content) {
    EphemeralMessage message =
        new EphemeralMessage(user, nextTs(), content.text(), content.blocks());
    ephemeral.add(message);
    return message;
  }

  /** A message that can be seen. */
  synchronized Optional<Message> find(String ts) {
    return Optional.ofNullable(messages.get(ts)).filter(message -> !message.deleted());
  }

  synchronized List<Message> messages() {
    return List.copyOf(messages.values());
  }

  synchronized List<EphemeralMessage> ephemeral() {
    return List.copyOf(ephemeral);
  }

  void onMessage(Consumer<Message> listener) {
    listeners.add(listener);
  }

  synchronized void clear() {
    messages.clear();
    ephemeral.clear();
    listeners.clear();
    botIsMember = true;
  }

  /** A timestamp of now that is never the same twice. */
  synchronized String nextTs() {
    Instant now = clock.get();
    long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    lastMicros = Math.max(micros, lastMicros + 1);
    return String.format(Locale.ROOT, "%d.%06d", lastMicros / 1_000_000, lastMicros % 1_000_000);
  }

  private void notifyListeners(Message message) {
    listeners.forEach(listener -> listener.accept(message));
  }
}
