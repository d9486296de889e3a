package io.crossfade.approval;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.command.Command;
import io.crossfade.command.CommandButtons;
import io.crossfade.command.CommandService;
import io.crossfade.command.FakeCommandStore;
import io.crossfade.command.RevertService;
import io.crossfade.execution.FakeExecutions;
import io.crossfade.gate.Alarm;
import io.crossfade.gate.RequestTotals;
import io.crossfade.http.HttpRequest;
import io.crossfade.release.Comparison;
import io.crossfade.release.Deployment;
import io.crossfade.release.Sample;
import io.crossfade.release.TransientFailure;
import io.crossfade.release.Weights;
import io.crossfade.slack.SlackSecret;
import io.crossfade.slack.SlackSecrets;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The Slack callback with one open question, which Ada (U1) and Grace (U2) may answer. */
public final class CallbackBench {
  static final Instant NOW = Sample.START.plusSeconds(7200);
  static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
  static final String TOKEN = "AAAAKgAAAAIAAAAAAAAAAc" + "x".repeat(900);

  final FakeApprovalStore approvals = new FakeApprovalStore();
  final FakeTaskCallbacks tasks = new FakeTaskCallbacks();
  final FakeMessenger messenger = new FakeMessenger();
  final FakeExecutions executions = new FakeExecutions("Bake", Sample.at(1));
  final FakeCommandStore commands = new FakeCommandStore();
  final PendingApproval pending =
      PendingApproval.of(TOKEN, deployment(), evidence(), NOW.plusSeconds(3600));
  final TestConfig config;
  boolean secretsReadable = true;
  private final ObjectMapper json = new ObjectMapper();

  CallbackBench() {
    this(TestConfig.approvedBy("U1,U2"));
  }

  CallbackBench(TestConfig config) {
    this.config = config;
    approvals.keep(pending);
    tasks.waitFor(TOKEN);
  }

  static Deployment deployment() {
    return Sample.at(3);
  }

  public static Evidence evidence() {
    return new Evidence(
        new Weights(0, 100),
        2,
        2,
        List.of(new Alarm("backend-green-5xx", Alarm.State.OK, null, "")),
        new RequestTotals(new RequestTotals.Count(8421, 2), new RequestTotals.Count(12345, 0)),
        Sample.START,
        new Comparison(Comparison.Verdict.NO_WORSE, 8000, 2, 1.5));
  }

  DecisionDelivery delivery() {
    return new DecisionDelivery(approvals, tasks);
  }

  SlackCallbackHandler handler(Instant now) {
    SlackSecrets secrets =
        new SlackSecrets() {
          @Override
          public SlackSecret current() {
            if (!secretsReadable) {
              throw new TransientFailure("secretsmanager answered InternalServiceError");
            }
            return new SlackSecret(SECRET, "xoxb-1", null);
          }

          @Override
          public SlackSecret renewed() {
            return current();
          }
        };
    ClickAnswers answers = new ClickAnswers(messenger, config);
    ClickService clicks = new ClickService(approvals, delivery(), answers);
    CommandClickService commandClicks =
        new CommandClickService(
            new CommandService(
                executions,
                commands,
                delivery(),
                FakeExecutions.JSON,
                Optional.of(FakeExecutions.PREFIX)),
            new RevertService(executions, Optional.of(FakeExecutions.PREFIX)),
            answers);
    return new SlackCallbackHandler(
        secrets, clicks, commandClicks, config, json, Clock.fixed(now, ZoneOffset.UTC));
  }

  int send(HttpRequest request) {
    return handler(NOW).handleRequest(request, null).statusCode();
  }

  /** A click as Slack sends it, to be made wrong. */
  Map<String, Object> click(ApprovalChoice choice, String userId) {
    return click(choice.actionId(), userId, pending.nonce());
  }

  /** A click on a button of the release's message, to be made wrong. */
  Map<String, Object> click(Command command, String userId, String value) {
    return click(CommandButtons.actionId(command), userId, value);
  }

  static Map<String, Object> click(String actionId, String userId, String value) {
    Map<String, Object> action = new LinkedHashMap<>();
    action.put("action_id", actionId);
    action.put("block_id", "some_block");
    action.put("type", "button");
    action.put("value", value);
    action.put("action_ts", "1700000001.000200");
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("type", "block_actions");
    payload.put("user", new LinkedHashMap<>(Map.of("id", userId, "username", "name-" + userId)));
    payload.put("api_app_id", "A1");
    payload.put("team", new LinkedHashMap<>(Map.of("id", "T1", "domain", "site")));
    payload.put("response_url", "https://hooks.slack.com/actions/T1/2/3");
    payload.put("actions", new ArrayList<>(List.of(action)));
    return payload;
  }

  HttpRequest request(Map<String, Object> payload) {
    return signed(body(payload), NOW, true);
  }

  String body(Map<String, Object> payload) {
    try {
      String text = json.writeValueAsString(payload);
      return "payload=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
    } catch (com.fasterxml.jackson.core.JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static HttpRequest signed(String body, Instant at, boolean base64) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String timestamp = String.valueOf(at.getEpochSecond());
    return new HttpRequest(
        Map.of(
            "content-type",
            "application/x-www-form-urlencoded",
            "x-slack-signature",
            signature(SECRET, timestamp, bytes),
            "x-slack-request-timestamp",
            timestamp),
        base64 ? Base64.getEncoder().encodeToString(bytes) : body,
        base64,
        new HttpRequest.RequestContext(null, NOW.toEpochMilli(), null));
  }

  /** Written again here, so that the two can disagree. */
  static String signature(String secret, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update(("v0:" + timestamp + ":").getBytes(StandardCharsets.UTF_8));
      return "v0=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static Instant later(Duration duration) {
    return NOW.plus(duration);
  }
}
