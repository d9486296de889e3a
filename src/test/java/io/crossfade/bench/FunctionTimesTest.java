package io.crossfade.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.crossfade.localaws.Identities;
import io.crossfade.localaws.Stack;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.localaws.states.FunctionError;
import io.crossfade.localaws.states.FunctionInvoker;
import io.crossfade.localaws.template.FunctionResource;
import io.crossfade.localaws.template.ResolvedTemplate;
import io.crossfade.localaws.wire.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FunctionTimesTest {
  private static final ResolvedTemplate TEMPLATE = Stack.template("site");
  private static final JsonNode PAYLOAD = JsonNodeFactory.instance.objectNode();

  private static FunctionResource function(String handler) {
    return TEMPLATE.functions().stream()
        .filter(each -> handler.equals(each.environment().get("QUARKUS_LAMBDA_HANDLER")))
        .findFirst()
        .orElseThrow();
  }

  private static String arn(String handler) {
    return "arn:aws:lambda:eu-central-1:123456789012:function:" + function(handler).name();
  }

  private static Call callBy(String handler) {
    String key = Identities.accessKeyId(function(handler).logicalId());
    return new Call("ecs", "DescribeServices", key, PAYLOAD);
  }

  @Test
  void callsOfAFunctionAreTakenOffItsOwnTimeAndNobodyElsesAre() throws FunctionError {
    FunctionTimes times = new FunctionTimes(TEMPLATE, 1);
    FunctionInvoker invoker =
        times.functions(
            (name, payload) -> {
              times.around(callBy("plan"), FunctionTimesTest::nothing);
              times.around(callBy("notify"), FunctionTimesTest::nothing);
              return payload;
            });
    invoker.invoke(arn("plan"), PAYLOAD);
    invoker.invoke(arn("check-health"), PAYLOAD);
    var plan = times.times().get("plan").get(0);
    assertThat(plan.inCalls()).isPositive().isLessThanOrEqualTo(plan.whole());
    assertThat(times.times().get("check-health").get(0).inCalls()).isZero();
  }

  private static String nothing() {
    return "";
  }

  @Test
  void whoComesWhileAllProcessesAreBusyWaits() throws Exception {
    FunctionTimes times = new FunctionTimes(TEMPLATE, 1);
    List<Thread> callers = new ArrayList<>();
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    FunctionInvoker invoker =
        times.functions(
            (name, payload) -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              Await.until("the other waits, or runs as well", () -> otherIsHere(callers, most));
              running.decrementAndGet();
              return payload;
            });
    callers.add(new Thread(() -> invoke(invoker)));
    callers.add(new Thread(() -> invoke(invoker)));
    callers.forEach(Thread::start);
    for (Thread caller : callers) {
      caller.join();
    }
    assertThat(most).hasValue(1);
    assertThat(times.times().get("plan")).hasSize(2);
  }

  private static boolean otherIsHere(List<Thread> callers, AtomicInteger most) {
    return most.get() == 2
        || callers.stream()
            .filter(caller -> caller != Thread.currentThread())
            .map(Thread::getState)
            .anyMatch(state -> state == Thread.State.WAITING || state == Thread.State.TERMINATED);
  }

  private static void invoke(FunctionInvoker invoker) {
    try {
      invoker.invoke(arn("plan"), PAYLOAD);
    } catch (FunctionError unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }
}
