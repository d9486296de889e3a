package io.crossfade.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.approval.ApprovalChoice;
import io.crossfade.localaws.Stack;
import io.crossfade.localaws.StackInterceptor;
import io.crossfade.localaws.lambda.FunctionConfig;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.localaws.slack.Message;
import io.crossfade.localaws.states.FunctionInvoker;
import io.crossfade.localaws.template.FunctionResource;
import io.crossfade.matrix.Worker;
import io.crossfade.site.SiteVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;

/**
 * A release that has gone as far as the question, and waits. Its functions' payloads are kept, so
 * that each of them can be called again while nothing else moves.
 */
final class WaitingRelease implements AutoCloseable {
  private static final double SPEED = 60;
  private static final String MORE =
      """
      , "steps": [{"weight": 25, "bakeSeconds": 30}, {"weight": 100, "bakeSeconds": 30}],
       "approval": {"timeoutSeconds": 432000}""";

  private final Worker worker;
  private final SampleAccount account;
  private final Map<String, JsonNode> payloads = new ConcurrentHashMap<>();
  private final List<Action> actions;
  private final SlackCallbackCall click;

  WaitingRelease(Worker worker) {
    this.worker = worker;
    this.account =
        new SampleAccount(worker, SPEED, 0, SiteVersion.good("backend-2"), keepingPayloads());
    this.actions = rule();
    account.stack.start("bench", SampleAccount.release(account.site.backend(), MORE));
    Await.until("somebody is asked", () -> question().isPresent());
    this.click =
        new SlackCallbackCall(worker, account.aws.s3(), account.stack, question().orElseThrow());
  }

  private Optional<Message> question() {
    return worker.slack.messages().stream()
        .filter(message -> message.actions().contains(ApprovalChoice.APPROVED.actionId()))
        .findFirst();
  }

  /** The first payload of each function is the one that is kept. */
  private StackInterceptor keepingPayloads() {
    return new StackInterceptor() {
      @Override
      public FunctionInvoker functions(FunctionInvoker real) {
        return (name, payload) -> {
          payloads.putIfAbsent(name.substring(name.lastIndexOf(':') + 1), payload);
          return real.invoke(name, payload);
        };
      }
    };
  }

  private List<Action> rule() {
    return account
        .aws
        .elb()
        .describeRules(r -> r.ruleArns(account.site.backend().ruleArn()))
        .rules()
        .get(0)
        .actions();
  }

  /** A function's settings as the template has them. */
  FunctionConfig config(String function) {
    return Stack.config(resource(function), worker.gateway.endpoint(), worker.slack.environment());
  }

  private FunctionResource resource(String function) {
    return worker.template.functions().stream()
        .filter(each -> function.equals(each.environment().get("QUARKUS_LAMBDA_HANDLER")))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such function: " + function));
  }

  private JsonNode payload(String function) {
    return payloads.get(resource(function).name());
  }

  Map<String, Long> calls() {
    return worker.gateway.callCounts();
  }

  /** The calls that are measured; each can be made as often as one likes. */
  List<FunctionCall> functionCalls() {
    return List.of(
        new CheckAlarmsCall(payload("check-alarms")),
        new ShiftTrafficCall(
            payload("shift-traffic"), account.aws.elb(), account.site.backend(), actions),
        click);
  }

  @Override
  public void close() {
    click.close();
    account.close();
  }
}
