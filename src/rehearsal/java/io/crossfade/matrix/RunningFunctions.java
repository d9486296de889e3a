package io.crossfade.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.localaws.StackInterceptor;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.localaws.states.FunctionError;
import io.crossfade.localaws.states.FunctionInvoker;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the functions that run: one whose execution has ended goes on all the same. */
final class RunningFunctions implements StackInterceptor {
  private final PlantedDefect defect;
  private final AtomicInteger running = new AtomicInteger();

  RunningFunctions(PlantedDefect defect) {
    this.defect = defect;
  }

  @Override
  public String definition(String definition) {
    return defect.definition(definition);
  }

  @Override
  public FunctionInvoker functions(FunctionInvoker real) {
    FunctionInvoker altered = defect.functions(real);
    return (name, payload) -> counted(altered, name, payload);
  }

  private JsonNode counted(FunctionInvoker invoker, String name, JsonNode payload)
      throws FunctionError {
    running.incrementAndGet();
    try {
      return invoker.invoke(name, payload);
    } finally {
      running.decrementAndGet();
    }
  }

  void awaitNone() {
    Await.until("no function runs any more", () -> running.get() == 0);
  }
}
