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
  private final Consumer<String> strike;
  private final AtomicBoolean sprung = new AtomicBoolean();
  private volatile String waitingFor;

  /**
   * @param strike is given the execution's ARN
   */
  Trigger(MatrixCell cell, Consumer<String> strike) {
    this.cell = cell;
    this.strike = strike;
  }

  boolean sprung() {
    return sprung.get();
  }

  @Override
  public void stateEntered(String execution, String state, JsonNode input, Instant at) {
    if (!state.equals(cell.state())) {
      waitingFor = null;
    } else if (cell.function() == null) {
      spring(execution);
    } else {
      waitingFor = execution;
    }
  }

  @Override
  public void before(Call call) {
    String execution = waitingFor;
    if (execution != null) {
      spring(execution);
    }
  }

  private void spring(String execution) {
    if (sprung.compareAndSet(false, true)) {
      strike.accept(execution);
    }
  }
}
