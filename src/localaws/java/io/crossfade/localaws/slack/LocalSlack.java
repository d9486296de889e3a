package io.crossfade.localaws.slack;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.localaws.http.WebRequest;
import io.crossfade.localaws.http.WebResponse;
import io.crossfade.localaws.http.WebServer;
import io.crossfade.localaws.secrets.LocalSecretsManager;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A workspace with one channel and one app, which is a bot in it and has an incoming webhook. Its
 * secrets are made at random. It outlives the accounts that it is used with, as a gateway does.
 */
public final class LocalSlack implements AutoCloseable {
  public static final String SECRET_NAME = "crossfade/slack";
  public static final SlackUser ANN = new SlackUser("U0LOCALANN1", "ann");
  public static final SlackUser BEN = new SlackUser("U0LOCALBEN1", "ben");
  private static final int MAX_BODY_BYTES = 1024 * 1024;

  private final Supplier<Instant> clock;
  private final SlackCredentials credentials = new SlackCredentials();
  private final Channel channel;
  private final ResponseUrls responseUrls;
  private final WebApi api;
  private final IncomingWebhook webhook;
  private final SlackApp app = new SlackApp();
  private final InjectedResponses injected = new InjectedResponses();
  private final List<RecordedClick> clicks = new CopyOnWriteArrayList<>();
  private final ChannelPage page;
  private volatile Predicate<String> refused = body -> false;
  private final WebServer server;

  public LocalSlack() {
    this(Instant::now);
  }

  /**
   * @param clock what stamps messages and signatures; an app in a process of its own compares with
   *     the machine's clock
   */
  public LocalSlack(Supplier<Instant> clock) {
    this.clock = clock;
    this.channel = new Channel(credentials.channelId, clock);
    this.responseUrls = new ResponseUrls(credentials, channel);
    this.api = new WebApi(credentials, channel);
    this.webhook = new IncomingWebhook(credentials, channel);
    this.page = new ChannelPage(this, credentials);
    this.server = new WebServer("local-slack", MAX_BODY_BYTES, this::handle);
  }

  private WebResponse handle(WebRequest request) {
    String path = request.path();
    if (path.startsWith("/api/") && refused.test(request.text())) {
      return WebResponse.json(503, "upstream connect error");
    }
    if (path.startsWith("/api/")) {
      return injected.poll().orElseGet(() -> api.respond(request));
    }
    if (path.startsWith("/services/")) {
      return injected.poll().orElseGet(() -> webhook.respond(request));
    }
    return path.startsWith("/actions/") ? responseUrls.respond(request) : page.respond(request);
  }

  /** The address of the workspace and of its page; without a slash at the end. */
  public URI url() {
    return server.url();
  }

  /** The address of the Web API's methods; without a slash at the end. */
  public URI apiUrl() {
    return URI.create(url() + "/api");
  }

  public URI webhookUrl() {
    return URI.create(url() + credentials.webhookPath());
  }

  /** The environment that makes a function call this workspace instead of Slack. */
  public Map<String, String> environment() {
    return Map.of(
        "QUARKUS_REST_CLIENT_SLACK_URL",
        apiUrl().toString(),
        "CROSSFADE_SLACK_HOOKS_URL",
        url() + "/");
  }

  /** The template's parameters for an app in this workspace. */
  public Map<String, String> parameters(SlackUser... approvers) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("SlackSecretArn", LocalSecretsManager.arn(SECRET_NAME));
    parameters.put("SlackChannel", credentials.channelId);
    parameters.put("SlackTeamId", credentials.teamId);
    parameters.put("SlackAppId", credentials.appId);
    parameters.put(
        "SlackApprovers",
        Arrays.stream(approvers).map(SlackUser::id).collect(Collectors.joining(",")));
    return parameters;
  }

  /** The secret of an app that posts as a bot. */
  public String botSecret() {
    return SlackJson.object()
        .put("signingSecret", credentials.signingSecret)
        .put("botToken", credentials.botToken())
        .toString();
  }

  /** The secret of an app that posts by its webhook. */
  public String webhookSecret() {
    return SlackJson.object()
        .put("signingSecret", credentials.signingSecret)
        .put("webhookUrl", webhookUrl().toString())
        .toString();
  }

  /** Every secret there is or was, for a search of what was logged. */
  public List<String> secrets() {
    return credentials.secrets();
  }

  /** Sets the URL that clicks are sent to; null for none. */
  public void requestUrl(URI url) {
    app.url(url);
  }

  /** Sets the clock by which response_urls expire. The default is the machine's clock. */
  public void worldClock(Supplier<Instant> world) {
    responseUrls.clock(world);
  }

  /**
   * Forgets messages, clicks, listeners, response_urls and trouble, lets the bot be a member, and a
   * revoked token be good again. The secrets stay, for warm functions may have kept them.
   */
  public void reset() {
    channel.clear();
    clicks.clear();
    responseUrls.clear();
    injected.clear();
    refused = body -> false;
    credentials.restore();
  }

  /** All messages, oldest first, deleted ones among them. */
  public List<Message> messages() {
    return channel.messages();
  }

  public List<EphemeralMessage> ephemeralMessages() {
    return channel.ephemeral();
  }

  public List<RecordedClick> clicks() {
    return List.copyOf(clicks);
  }

  /** Calls back on each new message and each change, on the thread of its author. */
  public void onMessage(Consumer<Message> listener) {
    channel.onMessage(listener);
  }

  /** The channel and everybody in it as a person sees them, as its own page has them. */
  public JsonNode channel() {
    return page.content();
  }

  /**
   * Clicks as a page of the channel does.
   *
   * @param click the message's {@code ts}, the button's {@code action}, and the id of the {@code
   *     user}
   * @return empty if there is no such button or person
   */
  public Optional<ClickResponse> click(JsonNode click) {
    return page.click(click);
  }

  /**
   * Clicks a button of a message as a person sees it: an older version of a message gives the click
   * of a person whose screen has not caught up.
   *
   * @throws IllegalArgumentException if the message has no such button
   */
  public ClickResponse click(Message message, String actionId, SlackUser user) {
    BlockKit.Button button = BlockKit.button(message.blocks(), actionId);
    if (button == null) {
      throw new IllegalArgumentException("no button " + actionId + ", but " + message.actions());
    }
    String responseUrl = url() + responseUrls.grant(message.ts(), user.id());
    JsonNode payload =
        InteractionPayload.payload(
            credentials, message, button, user, responseUrl, channel.nextTs());
    ClickResponse answer = sendSigned(InteractionPayload.form(payload.deepCopy()));
    clicks.add(new RecordedClick(user, message.ts(), actionId, answer));
    return answer;
  }

  /** Sends a body of the caller's own, as Slack would: signed, now. */
  public ClickResponse sendSigned(String rawBody) {
    return send(rawBody, signedHeaders(rawBody, clock.get().getEpochSecond()));
  }

  /** Sends what Slack would never send. */
  public ClickResponse send(String rawBody, Map<String, String> headers) {
    return app.send(rawBody.getBytes(StandardCharsets.UTF_8), headers);
  }

  /** The headers of a request with this body. */
  public Map<String, String> signedHeaders(String rawBody, long timestamp) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/x-www-form-urlencoded");
    headers.put("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)");
    headers.put("Accept", "application/json,*/*");
    headers.put("X-Slack-Request-Timestamp", String.valueOf(timestamp));
    headers.put("X-Slack-Signature", sign(rawBody, timestamp));
    return headers;
  }

  /**
   * @param timestamp in Unix seconds
   */
  public String sign(String rawBody, long timestamp) {
    byte[] body = rawBody.getBytes(StandardCharsets.UTF_8);
    return RequestSignature.of(credentials.signingSecret, body, timestamp);
  }

  /** Answers the next calls of the Web API and the webhook with 429. */
  public void rateLimit(Duration retryAfter, int times) {
    injected.rateLimit(retryAfter, times);
  }

  /** Refuses the next calls of the Web API with an error such as {@code fatal_error}. */
  public void refuse(String error, int times) {
    injected.fail(200, "{\"ok\":false,\"error\":\"" + error + "\"}", times);
  }

  /** Answers the next calls of the Web API and the webhook with 503. */
  public void outage(int times) {
    injected.fail(503, "upstream connect error", times);
  }

  /**
   * From now on answers calls of the Web API with 503, whatever else was to come.
   *
   * @param bodies which ones, by their body
   */
  public void outage(Predicate<String> bodies) {
    refused = bodies;
  }

  public String botToken() {
    return credentials.botToken();
  }

  /** Makes a new token; the one before it is invalid_auth from now on. */
  public String rotateBotToken() {
    return credentials.rotate();
  }

  /** Somebody removes the bot from the channel: chat.postMessage is not_in_channel from now on. */
  public void removeBot() {
    channel.botIsMember(false);
  }

  /**
   * The app is taken out of the workspace, until the token is rotated: the bot's token is
   * token_revoked, and its webhook is no_service.
   */
  public void revoke() {
    credentials.revoke();
  }

  public String channelId() {
    return credentials.channelId;
  }

  public String teamId() {
    return credentials.teamId;
  }

  public String appId() {
    return credentials.appId;
  }

  @Override
  public void close() {
    server.close();
  }
}
