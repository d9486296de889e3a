package io.crossfade.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.approval.ApprovalStore;
import io.crossfade.approval.Evidence;
import io.crossfade.approval.PendingApproval;
import io.crossfade.approval.PostedApproval;
import io.crossfade.command.Command;
import io.crossfade.command.CommandStore;
import io.crossfade.command.FreezeStore;
import io.crossfade.command.GivenCommand;
import io.crossfade.gate.RequestTotals;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.localaws.states.FunctionError;
import io.crossfade.localaws.states.LocalStepFunctions;
import io.crossfade.release.CommandState;
import io.crossfade.release.Comparison;
import io.crossfade.release.Deployment;
import io.crossfade.release.Pause;
import io.crossfade.release.Versioned;
import io.crossfade.release.Weights;
import io.crossfade.slack.PostedMessage;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * An execution stands in whatever state a test asks for, and API Gateway has found out who calls.
 */
@QuarkusTest
@TestProfile(HandlersProfile.class)
class CommandTest extends HandlerTest {
  CommandTest() {
    super("command");
  }

  private static final String ANN = "arn:aws:sts::123456789012:assumed-role/Releases/ann";

  @Inject CommandStore commands;
  @Inject FreezeStore freezes;
  @Inject ApprovalStore approvals;

  private final AtomicReference<String> token = new AtomicReference<>();
  private final AtomicInteger failures = new AtomicInteger();
  private LocalStepFunctions states;

  @BeforeEach
  void serve() {
    states =
        new LocalStepFunctions(
            aws.clock(),
            (name, in) -> {
              if (name.equals("fails")) {
                failures.incrementAndGet();
                throw new FunctionError("Unavailable", "not now", null);
              }
              token.set(in.get("token").asText());
              return json.createObjectNode();
            });
    aws.gateway().serve("states", SfnClient.class, states);
  }

  /** The release run-1 stands in that state, with that document. */
  private String standsIn(String state, Deployment document) {
    String definition =
        """
        {"StartAt": "%1$s", "States": {"%1$s": {"Type": "Wait", "Seconds": 900000, "End": true}}}\
        """
            .formatted(state);
    return start(definition, document);
  }

  private String asks(Deployment document) {
    String execution =
        start(
            """
            {"StartAt": "RequestApproval", "States": {"RequestApproval": {
              "Type": "Task", "End": true, "TimeoutSeconds": 900000,
              "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
              "Parameters": {"FunctionName": "ask", "Payload": {"token.$": "$$.Task.Token"}}}}}\
            """,
            document);
    Await.until("it waits", () -> token.get() != null);
    var none = new RequestTotals(new RequestTotals.Count(0, 0), new RequestTotals.Count(0, 0));
    Evidence evidence =
        new Evidence(new Weights(0, 100), 2, 2, List.of(), none, NOW, Comparison.NONE);
    PendingApproval pending =
        PendingApproval.of(token.get(), document, evidence, NOW.plusSeconds(3600));
    approvals.keep(pending);
    approvals.posted("run-1", new PostedApproval(pending.nonce(), PostedMessage.UNKNOWN, evidence));
    return execution;
  }

  private String start(String definition, Deployment document) {
    String machine =
        states
            .createStateMachine(r -> r.name("crossfade-release").definition(definition))
            .stateMachineArn();
    String input = json.valueToTree(document).toString();
    String execution =
        states
            .startExecution(r -> r.stateMachineArn(machine).name("run-1").input(input))
            .executionArn();
    Await.until(
        "it has entered its state",
        () ->
            states.getExecutionHistory(r -> r.executionArn(execution)).events().stream()
                .anyMatch(event -> event.stateEnteredEventDetails() != null));
    gateway.reset();
    return execution;
  }

  private ObjectNode event(String body) {
    return event(body, "r-1");
  }

  private ObjectNode event(String body, String requestId) {
    ObjectNode event = json.createObjectNode().put("body", body).put("isBase64Encoded", false);
    ObjectNode context = event.putObject("requestContext");
    context.put("requestId", requestId).put("timeEpoch", NOW.toEpochMilli());
    context.putObject("authorizer").putObject("iam").put("userArn", ANN);
    return event;
  }

  private static String body(String command) {
    return command.equals("promote") ? promotion("50") : body(command, "");
  }

  private static String promotion(String weight) {
    return body("promote", ", \"weight\": " + weight);
  }

  private static String body(String command, String more) {
    return "{\"command\": \"%s\", \"deployment\": \"run-1\", \"why\": \"slow\"%s}"
        .formatted(command, more);
  }

  private JsonNode give(String command) {
    return call(event(body(command)));
  }

  private String message(JsonNode answer) {
    try {
      return json.readTree(answer.get("body").asText()).get("message").asText();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static int status(JsonNode answer) {
    return answer.get("statusCode").asInt();
  }

  private Optional<GivenCommand> stored() {
    return commands.last("run-1").map(Versioned::document);
  }

  private Deployment paused() {
    Pause pause = new Pause(ANN, "slow", NOW, NOW.plusSeconds(3600));
    return at(1).with(CommandState.NONE.withPause(pause));
  }

  @Override
  ObjectNode ordinary() {
    return event(body("pause"));
  }

  @Override
  @Test
  void answersWithTheDocumentAndNothingElse() {
    standsIn("Bake", at(1));
    assertThat(call(ordinary()).fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("statusCode", "headers", "body");
  }

  @Override
  @Test
  void fieldsOfALaterVersionDoNoHarm() {
    standsIn("Bake", at(1));
    ObjectNode event = ordinary().put("later", 1);
    ((ObjectNode) event.get("requestContext")).put("later", 1);
    assertThat(status(call(event))).isEqualTo(202);
  }

  @Test
  void keepsWhatIsToldWithWhoAndWhenAndWhy() {
    standsIn("Bake", at(1));
    JsonNode answer = give("pause");
    assertThat(status(answer)).isEqualTo(202);
    assertThat(message(answer)).startsWith("pause by %s: slow; the release takes".formatted(ANN));
    assertThat(stored()).contains(new GivenCommand("r-1", Command.PAUSE, null, ANN, "slow", NOW));
    assertThat(changes()).containsExactly("s3:PutObject");
  }

  /** Who somebody claims to be in the body is a field that nobody knows. */
  @Test
  void nobodyCanSayWhoTheyAre() {
    standsIn("Bake", at(1));
    JsonNode claimed =
        call(event(body("pause").replace("\"why\"", "\"by\": \"arn:ben\", \"why\"")));
    assertThat(status(claimed)).isEqualTo(400);
    assertThat(message(claimed)).isEqualTo("an unknown field: by");
    assertThat(stored()).isEmpty();
  }

  /** As {@code aws lambda invoke} would do it. */
  @Test
  void whoIsNotKnownIsRefused() {
    standsIn("Bake", at(1));
    ObjectNode event = ordinary();
    ((ObjectNode) event.get("requestContext")).remove("authorizer");
    assertThat(status(call(event))).isEqualTo(403);
    event.remove("requestContext");
    assertThat(status(call(event))).isEqualTo(403);
    assertThat(gateway.callCounts()).isEmpty();
    assertThat(stored()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          not JSON                                                            | expected a JSON object
          []                                                                  | expected a JSON object
          {}                                                                  | command: expected pause, continue, promote, rollback, freeze or unfreeze
          {"command": "Pause"}                                                | command: expected pause, continue, promote, rollback, freeze or unfreeze
          {"command": "pause"}                                                | deployment: expected the name of the release's execution; why: expected the reason in 1 to 200 characters
          {"command": "pause", "deployment": "a/b", "why": "x"}               | deployment: expected the name of the release's execution
          {"command": "pause", "deployment": "a", "why": " "}                 | why: expected the reason in 1 to 200 characters
          {"command": "promote", "deployment": "a", "why": "x"}               | weight: expected the new version's present percentage, whole, 1 to 100
          {"command": "pause", "deployment": "a", "why": "x", "weight": 25}   | an unknown field: weight
          {"command": "freeze", "why": "x"}                                   | until: expected a time such as 2026-12-24T18:00:00Z
          {"command": "unfreeze", "rule": "*", "why": "x"}                    | rule: expected the ARN of a listener rule of an Application Load Balancer; leave it out for every rule
          """)
  void whatIsWrongIsTold(String body, String message) {
    JsonNode answer = call(event(body));
    assertThat(status(answer)).isEqualTo(400);
    assertThat(message(answer)).isEqualTo(message);
  }

  @Test
  void aReasonOfSeveralLinesIsRefused() {
    JsonNode answer = call(event(body("pause").replace("slow", "slow\\nrollback by ben")));
    assertThat(status(answer)).isEqualTo(400);
  }

  @Test
  void anUnknownDeploymentIsTold() {
    JsonNode answer = give("rollback");
    assertThat(status(answer)).isEqualTo(404);
    assertThat(message(answer)).isEqualTo("there is no deployment run-1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Plan        | rollback | no rollback: the release is being planned, and has changed nothing yet
          CheckHealth | promote  | no promote: no step bakes yet, and the health of the new version is not skipped
          Bake        | continue | no continue: the release is not paused
          ScaleIn     | rollback | no rollback: the old version is going, so the way out is forward
          Rollback    | rollback | no rollback: the release is being put back already
          Released    | rollback | no rollback: the release is over
          """)
  void whatMeansNothingIsToldWhy(String state, String command, String message) {
    standsIn(state, at(1));
    JsonNode answer = give(command);
    assertThat(status(answer)).isEqualTo(409);
    assertThat(message(answer)).isEqualTo(message);
    assertThat(changes()).isEmpty();
  }

  /** Nobody looks any more, so nobody would take a command up. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          Bake,       true
          Bake,       false
          ScaleOut,   true
          ScaleIn,    true
          CheckDrain, false
          """)
  void aReleaseWhoseExecutionEndedHalfWayIsToBeRestored(String state, boolean stopped) {
    String execution = standsIn(state, at(1));
    if (stopped) {
      states.stopExecution(r -> r.executionArn(execution));
    } else {
      states.timeOut(execution);
    }
    JsonNode answer = give("rollback");
    assertThat(status(answer)).isEqualTo(409);
    assertThat(message(answer))
        .isEqualTo(
            "no rollback: its execution has ended, but the release is not over;"
                + " unless its restore has begun, start {\"restore\": \"run-1\"}");
    assertThat(stored()).isEmpty();
  }

  @Test
  void aReleaseThatCameToItsEndIsOver() {
    String execution =
        start(
            "{\"StartAt\": \"RolledBack\", \"States\": {\"RolledBack\": {\"Type\": \"Fail\"}}}",
            at(1));
    Await.until("it ended", () -> ended(execution) == ExecutionStatus.FAILED);
    assertThat(message(give("rollback"))).isEqualTo("no rollback: the release is over");
  }

  /** Each try of a function leaves three events, and enters no state. */
  @Test
  void aStateThatWasTriedManyTimesIsFound() {
    String execution =
        start(
            """
            {"StartAt": "CheckAlarms", "States": {"CheckAlarms": {
              "Type": "Task", "End": true, "Resource": "arn:aws:states:::lambda:invoke",
              "Parameters": {"FunctionName": "fails", "Payload.$": "$"},
              "Retry": [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 1, "BackoffRate": 1,
                "MaxAttempts": 99999}]}}}\
            """,
            at(1));
    Await.until("it was tried 40 times", () -> failures.get() >= 40);
    JsonNode answer = give("pause");
    assertThat(status(answer)).as(message(answer)).isEqualTo(202);
    states.stopExecution(r -> r.executionArn(execution));
  }

  @ParameterizedTest
  @CsvSource({"0", "101", "25.5", "50.0", "null", "'\"50\"'", "true"})
  void aPromotionNamesAPercentage(String weight) {
    standsIn("Bake", at(1));
    assertThat(status(call(event(promotion(weight))))).isEqualTo(400);
  }

  /** Whoever says it again after a lost answer has not seen the next step. */
  @Test
  void aPromotionOfAnotherStepIsRefused() {
    standsIn("Bake", at(1));
    JsonNode answer = call(event(promotion("25")));
    assertThat(status(answer)).isEqualTo(409);
    assertThat(message(answer))
        .isEqualTo("no promote: it was meant for 25 %, and the release is at 50 %");
    assertThat(stored()).isEmpty();
    assertThat(status(call(event(promotion("50"))))).isEqualTo(202);
  }

  @Test
  void aPausedReleaseIsNotPausedAgainButContinued() {
    standsIn("Bake", paused());
    assertThat(message(give("pause"))).isEqualTo("no pause: the release is paused already");
    assertThat(status(give("continue"))).isEqualTo(202);
  }

  @Test
  void aPauseIsToldItsEnd() {
    standsIn("Bake", at(1).with(new CommandState(null, null, 3000, -1, null, false)));
    assertThat(message(give("pause")))
        .endsWith(
            "; it is rolled back at %s or up to a look later, unless somebody ends the pause before"
                .formatted(NOW.plusSeconds(600)));
  }

  @Test
  void aPauseWithoutTimeIsRefused() {
    standsIn("Bake", at(1).with(new CommandState(null, null, 3550, -1, null, false)));
    JsonNode answer = give("pause");
    assertThat(status(answer)).isEqualTo(409);
    assertThat(message(answer))
        .isEqualTo("no pause: the release has been paused for 3550 of 3600 s");
  }

  @Test
  void whileOneWaitsAnotherIsToldWhose() {
    standsIn("Bake", at(1));
    give("pause");
    JsonNode second = call(event(body("promote"), "r-2"));
    assertThat(status(second)).isEqualTo(409);
    assertThat(message(second))
        .isEqualTo(
            "another command waits to be taken up, of %s: pause by %s: slow".formatted(NOW, ANN));
    assertThat(stored()).map(GivenCommand::command).contains(Command.PAUSE);
  }

  @Test
  void aRollbackTakesThePlaceOfWhatWaits() {
    standsIn("Bake", at(1));
    give("pause");
    assertThat(status(call(event(body("rollback"), "r-2")))).isEqualTo(202);
    assertThat(stored()).map(GivenCommand::command).contains(Command.ROLLBACK);
  }

  @Test
  void onceTakenUpTheNextMayBeGiven() {
    command(Command.PAUSE);
    standsIn("Bake", paused().with(paused().commands().withTaken("c-1")));
    assertThat(status(give("continue"))).isEqualTo(202);
  }

  /** The condition of the write is what decides, not what was read before. */
  @Test
  void ofTwoAtTheSameMomentOneWinsAndTheOtherIsTold() {
    GivenCommand ann = new GivenCommand("r-1", Command.PAUSE, null, ANN, "slow", NOW);
    GivenCommand ben = new GivenCommand("r-2", Command.PROMOTE, 50, "arn:ben", "fine", NOW);
    assertThat(commands.give("run-1", Optional.empty(), ann)).isTrue();
    assertThat(commands.give("run-1", Optional.empty(), ben)).isFalse();
    var found = commands.last("run-1");
    assertThat(commands.give("run-1", found, ben)).isTrue();
    assertThat(commands.give("run-1", found, ann)).isFalse();
    assertThat(stored()).contains(ben);
  }

  @Test
  void aRollbackEndsTheQuestion() {
    String execution = asks(at(3));
    assertThat(status(give("rollback"))).isEqualTo(202);
    Await.until("it ended", () -> ended(execution) == ExecutionStatus.FAILED);
    var failed = states.describeExecution(r -> r.executionArn(execution));
    assertThat(failed.error()).isEqualTo("ApprovalRejected");
    assertThat(failed.cause()).isEqualTo("rollback by %s: slow".formatted(ANN));
  }

  /** What was lost on the way the first time reaches the release by the second. */
  @Test
  void aRollbackThatIsGivenAgainIsDeliveredAgain() {
    String execution = asks(at(3));
    refuse("states:SendTaskFailure");
    assertThat(fail(event(body("rollback"))).get("errorType").asText())
        .isEqualTo("io.crossfade.release.TransientFailure");
    assertThat(ended(execution)).isEqualTo(ExecutionStatus.RUNNING);
    allow();
    assertThat(status(call(event(body("rollback"), "r-2")))).isEqualTo(202);
    Await.until("it ended", () -> ended(execution) == ExecutionStatus.FAILED);
    assertThat(stored()).map(GivenCommand::id).contains("r-1");
  }

  private ExecutionStatus ended(String execution) {
    return states.describeExecution(r -> r.executionArn(execution)).status();
  }

  @Test
  void nothingButARollbackEndsTheQuestion() {
    String execution = asks(at(3));
    assertThat(message(give("promote")))
        .isEqualTo("no promote: the release waits for an answer in Slack, which is given there");
    assertThat(ended(execution)).isEqualTo(ExecutionStatus.RUNNING);
  }

  private JsonNode freeze(Instant until) {
    return call(
        event(
            "{\"command\": \"freeze\", \"until\": \"%s\", \"why\": \"dinner\"}".formatted(until)));
  }

  @Test
  void freezesEveryRuleUntilItIsOver() {
    JsonNode answer = freeze(NOW.plusSeconds(60));
    assertThat(status(answer)).isEqualTo(200);
    assertThat(message(answer))
        .startsWith("every rule is frozen until %s by %s".formatted(NOW.plusSeconds(60), ANN));
    assertThat(freezes.concerning(backend.ruleArn()))
        .singleElement()
        .matches(freeze -> freeze.holds(NOW));

    String unfreeze = "{\"command\": \"unfreeze\", \"why\": \"over\"}";
    assertThat(status(call(event(unfreeze)))).isEqualTo(200);
    assertThat(freezes.concerning(backend.ruleArn()))
        .singleElement()
        .matches(freeze -> !freeze.holds(NOW));
    assertThat(status(call(event(unfreeze)))).isEqualTo(409);
  }

  @ParameterizedTest
  @CsvSource({"0", "-60", "7776001"})
  void aFreezeEndsSoonerOrLaterButNotTooLate(long seconds) {
    assertThat(status(freeze(NOW.plusSeconds(seconds)))).isEqualTo(409);
    assertThat(freezes.find(null)).isEmpty();
  }

  private JsonNode freezeRule(String rule) {
    return call(
        event(
            "{\"command\": \"freeze\", \"rule\": \"%s\", \"until\": \"%s\", \"why\": \"x\"}"
                .formatted(rule, NOW.plusSeconds(60))));
  }

  /** What holds nothing is not answered as if it did. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # in the ARN,    instead
          :listener-rule/, :listener/
          :listener-rule/, :listener-rules/
          /app/,           /net/
          arn:aws:,        arn:
          eu-central-1,    eu-west-1
          123456789012,    210987654321
          """)
  void aFreezeOfWhatIsNoRuleOfThisStackIsRefused(String part, String instead) {
    JsonNode answer = freezeRule(backend.ruleArn().replace(part, instead));
    assertThat(status(answer)).isEqualTo(400);
    assertThat(message(answer)).startsWith("rule: expected");
    assertThat(changes()).isEmpty();
  }

  @Test
  void aForeignRuleIsToldWhereRulesAre() {
    assertThat(message(freezeRule(backend.ruleArn().replace("eu-central-1", "eu-west-1"))))
        .isEqualTo(
            "rule: expected one in region eu-central-1 and account 123456789012,"
                + " found one in region eu-west-1 and account 123456789012");
  }

  @Test
  void aFreezeOfARuleIsThatRulesAlone() {
    assertThat(status(freezeRule(backend.ruleArn()))).isEqualTo(200);
    assertThat(freezes.concerning(backend.ruleArn())).hasSize(1);
    assertThat(freezes.concerning(backend.ruleArn() + "0")).isEmpty();
  }
}
