package io.crossfade.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.localaws.Account;
import io.crossfade.release.Deployment;
import io.crossfade.release.PermanentFailure;
import io.crossfade.release.ReleaseCheck;
import io.crossfade.release.Sample;
import io.crossfade.release.TransientFailure;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.lambda.LambdaClient;

class LambdaFunctionChecksTest {
  private static final ReleaseCheck CHECK =
      new ReleaseCheck("contract", 60, null, null, new ReleaseCheck.Lambda("contract-check"), null);
  private static final TestEndpoint ENDPOINT =
      new TestEndpoint(
          true,
          "lb-1",
          443,
          List.of("www.example.com"),
          Map.of("X-Test", "s"),
          List.of(),
          List.of());

  private final Account account = new Account();
  private final FunctionChecks checks =
      new LambdaFunctionChecks(account.client(LambdaClient.builder()), new ObjectMapper());
  private final Deployment deployment = Sample.at(1, Sample.checkedBy(null, CHECK));

  @AfterEach
  void close() {
    account.close();
  }

  private void answers(String answer) {
    account.aws().lambda().create("contract-check", Map.of(), event -> answer);
  }

  private CheckResult invoke() {
    return checks.invoke(deployment, CHECK, ENDPOINT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"result": "pass", "reason": "12 of 12 contracts"}  | PASSED  | 12 of 12 contracts
          {"result": "fail", "reason": "GET /x lacks <b>y"}   | FAILED  | GET /x lacks <b>y
          {"result": "not-yet", "reason": "3 of 12"}          | NOT_YET | 3 of 12
          {"result": "pass"}                                  | PASSED  | no reason given
          {"result": "PASS", "reason": "x"}                   | FAILED  | contract-check answered {"result":"PASS","reason":"x"}, expected {"result": "pass", "fail" or "not-yet", "reason": "…"}
          "pass"                                              | FAILED  | contract-check answered "pass", expected {"result": "pass", "fail" or "not-yet", "reason": "…"}
          null                                                | FAILED  | contract-check answered null, expected {"result": "pass", "fail" or "not-yet", "reason": "…"}
          """)
  void theFunctionsOwnWordsAreTheResult(String answer, CheckResult.Outcome outcome, String words) {
    answers(answer);
    assertThat(invoke()).isEqualTo(new CheckResult(outcome, words));
  }

  @Test
  void whatIsNoJsonOrTooLongIsNoPass() {
    answers("{\"result\": \"pass\", \"reason\": \"%s\"}".formatted("x".repeat(70_000)));
    assertThat(invoke().outcome()).isEqualTo(CheckResult.Outcome.FAILED);
    answers("{\"result\": ");
    assertThat(invoke().outcome()).isEqualTo(CheckResult.Outcome.FAILED);
  }

  @Test
  void theFunctionIsToldWhereTheNewVersionIs() {
    AtomicReference<String> told = new AtomicReference<>();
    account
        .aws()
        .lambda()
        .create(
            "contract-check",
            Map.of(),
            event -> {
              told.set(event);
              return "{\"result\": \"pass\"}";
            });
    invoke();
    assertThat(told.get())
        .isEqualTo(
            "{\"deployment\":\"run-1\",\"check\":\"contract\",\"image\":\"%s\",\"weight\":50,"
                    .formatted(Sample.IMAGE)
                + "\"testUrl\":\"https://www.example.com:443\",\"server\":\"lb-1\","
                + "\"headers\":{\"X-Test\":\"s\"}}");
    checks.invoke(deployment, CHECK, null);
    assertThat(told.get()).doesNotContain("testUrl", "headers");
  }

  /** Lambda answers with status 200, and tells of the error in a header alone. */
  @Test
  void aFunctionThatThrowsIsAskedAgain() {
    account
        .aws()
        .lambda()
        .create(
            "contract-check",
            Map.of(),
            event -> {
              throw new IllegalStateException("no database");
            });
    assertThatThrownBy(this::invoke)
        .isInstanceOf(TransientFailure.class)
        .hasMessage("contract-check threw an error: no database");
  }

  @Test
  void aFunctionThatIsNotThereIsRefused() {
    assertThatThrownBy(this::invoke)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("Function not found");
  }
}
