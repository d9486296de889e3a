package io.crossfade.approval;

import io.crossfade.release.Deployment;
import io.crossfade.release.TransientFailure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tasks that wait, each answered once. */
final class FakeTaskCallbacks implements TaskCallbacks {
  final List<String> answers = Collections.synchronizedList(new ArrayList<>());
  private final Set<String> waiting = Collections.synchronizedSet(new HashSet<>());
  int calls;
  boolean broken;

  void waitFor(String token) {
    waiting.add(token);
  }

  void end(String token) {
    waiting.remove(token);
  }

  @Override
  public Result succeed(String token, Deployment output) {
    return answer(token, "succeeded: " + output.verdict().reason());
  }

  @Override
  public Result fail(String token, String error, String cause) {
    return answer(token, "failed: " + error + ", " + cause);
  }

  private synchronized Result answer(String token, String what) {
    calls++;
    if (broken) {
      throw new TransientFailure("Step Functions is away");
    }
    if (!waiting.remove(token)) {
      return Result.GONE;
    }
    answers.add(what);
    return Result.TAKEN;
  }
}
