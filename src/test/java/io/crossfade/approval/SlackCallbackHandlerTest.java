package io.crossfade.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.http.HttpRequest;
import io.crossfade.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SlackCallbackHandlerTest {
  private final CallbackBench bench = new CallbackBench();

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void anApprovalReachesStepFunctionsOnceAndTheMessageSaysWho(boolean base64) {
    HttpRequest request =
        CallbackBench.signed(
            bench.body(bench.click(ApprovalChoice.APPROVED, "U1")), CallbackBench.NOW, base64);

    assertThat(bench.send(request)).isEqualTo(200);

    assertThat(bench.tasks.answers).containsExactly("succeeded: approved by name-U1 (U1)");
    assertThat(bench.messenger.replaced)
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.text()).contains("*Approved* by <@U1>");
              assertThat(message.blocks()).noneMatch(b -> b.get("type").equals("actions"));
            });
    assertThat(bench.messenger.whispers).isEmpty();
  }

  /** Slack shows an error for any 5xx to whoever clicked, and takes it for an answer otherwise. */
  @Test
  void aClickThatCannotBeCheckedIsNotLost() {
    HttpRequest click = bench.request(bench.click(ApprovalChoice.APPROVED, "U1"));
    bench.secretsReadable = false;
    assertThat(bench.send(click)).isEqualTo(503);
    assertThat(bench.tasks.answers).isEmpty();
    assertThat(bench.messenger.whispers).isEmpty();
    assertThat(bench.approvals.find(bench.pending.nonce()).orElseThrow().document().decision())
        .isNull();

    bench.secretsReadable = true;
    assertThat(bench.send(click)).isEqualTo(200);
    assertThat(bench.tasks.answers).containsExactly("succeeded: approved by name-U1 (U1)");
  }

  /** Whoever does not even try to sign is not told how the function is. */
  @Test
  void anUnsignedRequestIsRefusedWhateverCanBeRead() {
    bench.secretsReadable = false;
    assertThat(bench.send(with(good(bench), "x-slack-signature", null))).isEqualTo(401);
  }

  @Test
  void aRejectionFailsTheTask() {
    bench.send(bench.request(bench.click(ApprovalChoice.REJECTED, "U2")));
    assertThat(bench.tasks.answers)
        .containsExactly("failed: ApprovalRejected, rejected by name-U2 (U2)");
  }

  /** One way for a request to be wrong. */
  private interface Wrong {
    HttpRequest of(CallbackBench bench);
  }

  private static Arguments row(int status, String whisper, String what, Wrong wrong) {
    return Arguments.of(status, whisper, what, wrong);
  }

  private static Wrong payload(java.util.function.Consumer<Map<String, Object>> change) {
    return bench -> {
      Map<String, Object> payload = bench.click(ApprovalChoice.APPROVED, "U1");
      change.accept(payload);
      return bench.request(payload);
    };
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Map<String, Object> payload, String name) {
    return (Map<String, Object>) payload.get(name);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> action(Map<String, Object> payload) {
    return ((List<Map<String, Object>>) payload.get("actions")).get(0);
  }

  private static HttpRequest good(CallbackBench bench) {
    return bench.request(bench.click(ApprovalChoice.APPROVED, "U1"));
  }

  private static HttpRequest with(HttpRequest request, String header, String value) {
    Map<String, String> headers = new HashMap<>(request.headers());
    headers.remove(header);
    if (value != null) {
      headers.put(header, value);
    }
    return new HttpRequest(
        headers, request.body(), request.isBase64Encoded(), request.requestContext());
  }

  private static HttpRequest body(HttpRequest request, String body, boolean base64) {
    return new HttpRequest(request.headers(), body, base64, request.requestContext());
  }

  private static HttpRequest at(CallbackBench bench, Instant signed) {
    return CallbackBench.signed(
        bench.body(bench.click(ApprovalChoice.APPROVED, "U1")), signed, true);
  }

  static Stream<Arguments> everyWayToBeWrong() {
    List<Arguments> rows = new ArrayList<>();
    rows.addAll(unauthenticated());
    rows.addAll(malformed());
    rows.addAll(unauthorized());
    return rows.stream();
  }

  private static List<Arguments> unauthenticated() {
    String signature = "x-slack-signature";
    String time = "x-slack-request-timestamp";
    return List.of(
        row(401, null, "no signature", c -> with(good(c), signature, null)),
        row(401, null, "an empty signature", c -> with(good(c), signature, "")),
        row(401, null, "no timestamp", c -> with(good(c), time, null)),
        row(401, null, "a timestamp in words", c -> with(good(c), time, "noon")),
        row(401, null, "a timestamp moved on", c -> with(good(c), time, "1769868001")),
        row(401, null, "no header at all", c -> new HttpRequest(null, good(c).body(), true, null)),
        row(401, null, "signed six minutes ago", c -> at(c, CallbackBench.NOW.minusSeconds(360))),
        row(401, null, "signed in six minutes", c -> at(c, CallbackBench.NOW.plusSeconds(360))),
        row(401, null, "the body of another", c -> body(good(c), "cGF5bG9hZD17fQ==", true)),
        row(401, null, "an empty body", c -> body(good(c), "", true)),
        row(401, null, "no body", c -> body(good(c), null, false)),
        row(401, null, "base64 taken for text", c -> body(good(c), good(c).body(), false)),
        row(
            401,
            null,
            "another app's secret",
            c -> {
              byte[] bytes = Base64.getDecoder().decode(good(c).body());
              String at = String.valueOf(CallbackBench.NOW.getEpochSecond());
              return with(good(c), signature, CallbackBench.signature("other", at, bytes));
            }));
  }

  private static List<Arguments> malformed() {
    return List.of(
        row(400, null, "not base64", c -> body(good(c), "%%%", true)),
        row(413, null, "too long", c -> body(good(c), "A".repeat(1_398_105), true)),
        row(413, null, "too long as text", c -> body(good(c), "A".repeat(1_048_577), false)),
        row(400, null, "no payload", c -> CallbackBench.signed("pay=1", CallbackBench.NOW, true)),
        row(400, null, "an empty form", c -> CallbackBench.signed("", CallbackBench.NOW, true)),
        row(400, null, "two payloads", c -> twice(c)),
        row(
            400,
            null,
            "a bad escape",
            c -> CallbackBench.signed("payload=%zz", CallbackBench.NOW, true)),
        row(
            400,
            null,
            "not JSON",
            c -> CallbackBench.signed("payload=%7B", CallbackBench.NOW, true)),
        row(
            400,
            null,
            "a JSON list",
            c -> CallbackBench.signed("payload=%5B%5D", CallbackBench.NOW, true)),
        row(
            400,
            null,
            "a JSON null",
            c -> CallbackBench.signed("payload=null", CallbackBench.NOW, true)),
        row(
            400,
            null,
            "JSON too deep",
            c -> CallbackBench.signed("payload=" + "%5B".repeat(9000), CallbackBench.NOW, true)),
        row(400, null, "no type", payload(p -> p.remove("type"))),
        row(400, null, "a type that is a number", payload(p -> p.put("type", 7))),
        row(400, null, "no actions", payload(p -> p.remove("actions"))),
        row(400, null, "actions that are a text", payload(p -> p.put("actions", "x"))),
        row(400, null, "an action that is a text", payload(p -> p.put("actions", List.of("x")))),
        row(
            400,
            null,
            "two actions",
            payload(p -> p.put("actions", List.of(action(p), action(p))))),
        row(400, null, "no user", payload(p -> p.remove("user"))),
        row(400, null, "a user without an id", payload(p -> object(p, "user").remove("id"))),
        row(400, null, "no team", payload(p -> p.put("team", null))),
        row(400, null, "no application", payload(p -> p.remove("api_app_id"))),
        row(400, null, "no answer's address", payload(p -> p.remove("response_url"))),
        row(400, null, "no value", payload(p -> action(p).remove("value"))),
        row(
            400,
            null,
            "a token for a nonce",
            payload(p -> action(p).put("value", CallbackBench.TOKEN))),
        row(400, null, "a path for a nonce", payload(p -> action(p).put("value", "../locks/x"))));
  }

  private static HttpRequest twice(CallbackBench bench) {
    String body = bench.body(bench.click(ApprovalChoice.APPROVED, "U1"));
    return CallbackBench.signed(body + "&" + body, CallbackBench.NOW, true);
  }

  private static List<Arguments> unauthorized() {
    String stranger = "not in this stack's list";
    return List.of(
        row(401, null, "another workspace", payload(p -> object(p, "team").put("id", "T2"))),
        row(401, null, "another application", payload(p -> p.put("api_app_id", "A2"))),
        row(200, null, "another kind of event", payload(p -> p.put("type", "view_submission"))),
        row(200, null, "another button", payload(p -> action(p).put("action_id", "open_link"))),
        row(200, stranger, "a stranger", payload(p -> object(p, "user").put("id", "U9"))),
        row(
            200,
            stranger,
            "a name for an id",
            payload(p -> object(p, "user").put("id", "name-U1"))),
        row(200, stranger, "an id in lower case", payload(p -> object(p, "user").put("id", "u1"))),
        row(
            200,
            "not known",
            "a nonce of nothing",
            payload(p -> action(p).put("value", "x".repeat(43)))));
  }

  @ParameterizedTest(name = "{2}: {0}")
  @MethodSource("everyWayToBeWrong")
  void whateverIsWrongWithAClickNothingIsDecided(
      int status, String whisper, String what, Wrong wrong) {
    HttpResponse answer = bench.handler(CallbackBench.NOW).handleRequest(wrong.of(bench), null);

    assertThat(answer.statusCode()).as(what).isEqualTo(status);
    assertThat(answer.body()).isEmpty();
    assertThat(bench.tasks.calls).isZero();
    assertThat(bench.approvals.find(bench.pending.nonce()).orElseThrow().document().decision())
        .isNull();
    assertThat(bench.messenger.replaced).isEmpty();
    if (whisper == null) {
      assertThat(bench.messenger.whispers).isEmpty();
    } else {
      assertThat(bench.messenger.whispers).singleElement().asString().contains(whisper);
    }
  }

  @Test
  void theTableHasManyRows() {
    assertThat(everyWayToBeWrong()).hasSizeGreaterThanOrEqualTo(25);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      textBlock =
          """
          -
          U3
          U11
          """)
  void whoeverIsNotOnTheListIsNobody(String approvers) {
    CallbackBench other = new CallbackBench(TestConfig.approvedBy(approvers));
    assertThat(other.send(other.request(other.click(ApprovalChoice.APPROVED, "U1"))))
        .isEqualTo(200);
    assertThat(other.tasks.calls).isZero();
    assertThat(other.messenger.whispers).containsExactly(ApprovalMessages.NOT_ALLOWED);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          'U1=grace@example.com,U2=an@example.com', APPROVED, true
          U1=grace@example.com,               APPROVED, false
          U1=an@example.com,                  APPROVED, false
          U1=AN@example.com,                  APPROVED, false
          U1=ann@example.com|an@example.com,  APPROVED, false
          U1,                                 APPROVED, false
          U1=an@example.com,                  REJECTED, true
          U1,                                 REJECTED, true
          """)
  void theAuthorMayBeKeptFromApproving(String approvers, ApprovalChoice choice, boolean counts) {
    CallbackBench other = new CallbackBench(TestConfig.of(approvers, false));
    other.send(other.request(other.click(choice, "U1")));
    assertThat(other.tasks.answers).hasSize(counts ? 1 : 0);
    assertThat(other.messenger.whispers).hasSize(counts ? 0 : 1);
  }

  @Test
  void theSecondClickLearnsWhoWasFirst() {
    bench.send(bench.request(bench.click(ApprovalChoice.APPROVED, "U1")));
    bench.send(bench.request(bench.click(ApprovalChoice.REJECTED, "U2")));

    assertThat(bench.tasks.answers).hasSize(1);
    assertThat(bench.tasks.calls).isEqualTo(1);
    assertThat(bench.messenger.whispers)
        .singleElement()
        .asString()
        .contains("Already answered: approved by <@U1>");
  }

  @Test
  void theSameRequestSentAgainDecidesNothingMore() {
    HttpRequest request = bench.request(bench.click(ApprovalChoice.APPROVED, "U1"));
    bench.send(request);
    bench.send(request);
    assertThat(bench.tasks.calls).isEqualTo(1);
  }

  @Test
  void ofTwoClicksAtTheSameMomentExactlyOneDecides() throws Exception {
    ExecutorService both = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 200; round++) {
        CallbackBench fresh = new CallbackBench();
        CyclicBarrier start = new CyclicBarrier(2);
        CyclicBarrier written = new CyclicBarrier(2);
        List<Future<Integer>> clicks = new ArrayList<>();
        ThreadLocal<Boolean> first = ThreadLocal.withInitial(() -> true);
        fresh.approvals.beforeReplace =
            () -> {
              if (first.get()) {
                first.set(false);
                await(written);
              }
            };
        for (ApprovalChoice choice : ApprovalChoice.values()) {
          Callable<Integer> click =
              () -> {
                await(start);
                return fresh.send(fresh.request(fresh.click(choice, "U" + (1 + choice.ordinal()))));
              };
          clicks.add(both.submit(click));
        }
        for (Future<Integer> click : clicks) {
          assertThat(click.get()).isEqualTo(200);
        }
        assertThat(fresh.tasks.answers).hasSize(1);
        assertThat(fresh.messenger.whispers)
            .singleElement()
            .asString()
            .contains("Already answered");
      }
    } finally {
      both.shutdownNow();
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception broken) {
      throw new IllegalStateException(broken);
    }
  }

  @Test
  void aClickAfterTheExpiryIsTooLate() {
    CallbackBench late = new CallbackBench();
    HttpRequest request = late.request(late.click(ApprovalChoice.APPROVED, "U1"));
    Instant expired = CallbackBench.later(Duration.ofHours(1));
    HttpRequest then =
        new HttpRequest(
            request.headers(),
            request.body(),
            true,
            new HttpRequest.RequestContext(null, expired.toEpochMilli(), null));

    assertThat(late.send(then)).isEqualTo(200);
    assertThat(late.tasks.calls).isZero();
    assertThat(late.messenger.whispers).containsExactly(ApprovalMessages.TOO_LATE);
  }

  @Test
  void aClickAfterTheRollbackIsToldSo() {
    bench.tasks.end(CallbackBench.TOKEN);
    bench.send(bench.request(bench.click(ApprovalChoice.APPROVED, "U1")));
    assertThat(bench.tasks.answers).isEmpty();
    assertThat(bench.messenger.whispers).containsExactly(ApprovalMessages.GONE);
    assertThat(bench.messenger.replaced).isEmpty();
  }

  @Test
  void aCrashBetweenTheRecordAndTheSendIsRepairedByAnotherClick() {
    bench.tasks.broken = true;
    bench.send(bench.request(bench.click(ApprovalChoice.APPROVED, "U1")));
    assertThat(bench.messenger.whispers).containsExactly(ApprovalMessages.TRY_AGAIN);
    assertThat(bench.tasks.answers).isEmpty();

    bench.tasks.broken = false;
    bench.send(bench.request(bench.click(ApprovalChoice.REJECTED, "U2")));

    assertThat(bench.tasks.answers).containsExactly("succeeded: approved by name-U1 (U1)");
    assertThat(bench.messenger.whispers)
        .last()
        .asString()
        .contains("<@U1> (approved) had not reached the release; it has now");
    assertThat(bench.messenger.replaced)
        .singleElement()
        .satisfies(message -> assertThat(message.text()).contains("*Approved* by <@U1>"));
  }

  /** Otherwise the channel would show an approval of what was rolled back. */
  @Test
  void anAnswerThatCameTooLateIsNeverShownAsADecision() {
    bench.tasks.end(CallbackBench.TOKEN);
    bench.send(bench.request(bench.click(ApprovalChoice.APPROVED, "U1")));
    bench.send(bench.request(bench.click(ApprovalChoice.APPROVED, "U2")));
    assertThat(bench.messenger.whispers)
        .containsExactly(ApprovalMessages.GONE, ApprovalMessages.GONE);
    assertThat(bench.messenger.replaced).isEmpty();
  }

  @Test
  void aDecisionStandsEvenIfSlackCannotBeToldOfIt() {
    bench.messenger.broken = true;
    assertThat(bench.send(bench.request(bench.click(ApprovalChoice.APPROVED, "U1"))))
        .isEqualTo(200);
    assertThat(bench.tasks.answers).hasSize(1);
  }

  @Test
  void aStoreThatCannotBeReadDecidesNothingAndSaysSo() {
    bench.approvals.broken = true;
    assertThat(bench.send(bench.request(bench.click(ApprovalChoice.APPROVED, "U1"))))
        .isEqualTo(200);
    assertThat(bench.tasks.calls).isZero();
    assertThat(bench.messenger.whispers).containsExactly(ApprovalMessages.TRY_AGAIN);
  }

  @Test
  void nothingThatIsPrintedHoldsASecret() {
    HttpRequest request = bench.request(bench.click(ApprovalChoice.APPROVED, "U1"));
    assertThat(bench.pending.toString()).doesNotContain(CallbackBench.TOKEN);
    assertThat(request.toString()).doesNotContain(request.body());
    assertThat(new String(Base64.getDecoder().decode(request.body()), StandardCharsets.UTF_8))
        .contains(bench.pending.nonce())
        .doesNotContain(CallbackBench.TOKEN);
  }

  @Test
  void aClickWhoseWriteWasAnsweredByNobodyCountsAllTheSame() {
    ApprovalDecision decision =
        new ApprovalDecision(
            ApprovalChoice.APPROVED, "U1", "name-U1", null, null, CallbackBench.NOW, false);
    PendingApproval mine = bench.pending.withDecision(decision);
    bench.approvals.beforeReplace =
        () -> {
          bench.approvals.beforeReplace = () -> {};
          bench.approvals.replace(bench.approvals.find(mine.nonce()).orElseThrow(), mine);
        };
    bench.send(bench.request(bench.click(ApprovalChoice.APPROVED, "U1")));
    assertThat(bench.tasks.answers).hasSize(1);
    assertThat(bench.messenger.whispers).isEmpty();
  }
}
