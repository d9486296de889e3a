package io.crossfade.localaws.faults;

import io.crossfade.localaws.Identities;
import io.crossfade.localaws.wire.Call;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Records every call with its caller and the state of the execution. */
public final class CallRecorder {
  private final Identities identities;
  private final ExecutionStates states;
  private final List<RecordedCall> calls = new ArrayList<>();
  private final Map<String, Integer> counts = new HashMap<>();

  CallRecorder(Identities identities, ExecutionStates states) {
    this.identities = identities;
    this.states = states;
  }

  synchronized RecordedCall record(Call call) {
    String function = identities.name(call.accessKeyId());
    int nth = counts.merge(function + " " + call.name(), 1, Integer::sum);
    RecordedCall recorded =
        new RecordedCall(
            calls.size() + 1,
            function,
            call.service(),
            call.operation(),
            states.state(),
            nth,
            call.request());
    calls.add(recorded);
    return recorded;
  }

  /** Every call so far, in the order in which they came. */
  public synchronized List<RecordedCall> calls() {
    return List.copyOf(calls);
  }
}
