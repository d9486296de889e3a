package io.crossfade.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.localaws.states.ExecutionListener;
import io.crossfade.localaws.wire.Call;
import io.crossfade.localaws.wire.CallInterceptor;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Strikes once: when a state is entered, or when the first call is made in it. */
final class Trigger implements ExecutionListener, CallInterceptor {
  private final MatrixCell cell;
  private final Consumer<String> inject;
  private final AtomicBoolean fired = new AtomicBoolean();
  private volatile String waitingFor;

  /**
   * @param inject is given the execution's ARN
   */
  Trigger(MatrixCell cell, Consumer<String> inject) {
    this.cell = cell;
    this.inject = inject;
  }

  boolean fired() {
    return fired.get();
  }

  @Override
  public void stateEntered(String execution, String state, JsonNode input, Instant at) {
    if (!state.equals(cell.state())) {
      waitingFor = null;
    } else if (cell.function() == null) {
      fire(execution);
    } else {
      waitingFor = execution;
    }
  }

  @Override
  public void before(Call call) {
    String execution = waitingFor;
    if (execution != null) {
      fire(execution);
    }
  }

  private void fire(String execution) {
    if (fired.compareAndSet(false, true)) {
      inject.accept(execution);
    }
  }
}
