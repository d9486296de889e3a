package io.crossfade.guardian;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.guardian.Ending.Status;
import io.crossfade.guardian.GuardianAction.Move;
import io.crossfade.lock.Executions;
import io.crossfade.lock.Lock;
import io.crossfade.release.Sample;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardianPolicyTest {
  private static final String MACHINE =
      "arn:aws:states:eu-central-1:123456789012:stateMachine:crossfade-release";

  /** A lock is "mine" if the execution that ended has it, "released" if that gave it back. */
  @ParameterizedTest(name = "{0} {1}, restore {2}, attempt {3}, stored {4}, lock {5} {6}: {7}")
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          FAILED,    Refused,           -,     0, true,  mine,     ENDED_BADLY, REST
          FAILED,    RolledBack,        -,     0, true,  mine,     ENDED_BADLY, REST
          FAILED,    RolledBack,        run-1, 1, true,  mine,     ENDED_BADLY, REST
          SUCCEEDED, -,                 -,     0, true,  mine,     SUCCEEDED,   REST
          RUNNING,   -,                 -,     0, true,  mine,     RUNNING,     REST
          FAILED,    RestoreIncomplete, -,     0, true,  mine,     ENDED_BADLY, RESTORE 1
          FAILED,    States.Runtime,    -,     0, true,  mine,     ENDED_BADLY, RESTORE 1
          FAILED,    -,                 -,     0, true,  mine,     ENDED_BADLY, RESTORE 1
          TIMED_OUT, -,                 -,     0, true,  mine,     ENDED_BADLY, RESTORE 1
          ABORTED,   -,                 -,     0, true,  mine,     ENDED_BADLY, RESTORE 1
          ABORTED,   RolledBack,        -,     0, true,  mine,     ENDED_BADLY, RESTORE 1
          ABORTED,   -,                 -,     0, true,  mine,     RUNNING,     RESTORE 1
          ABORTED,   -,                 -,     0, false, -,        UNKNOWN,     REST
          ABORTED,   -,                 -,     0, false, mine,     ENDED_BADLY, REST
          ABORTED,   -,                 -,     0, true,  -,        UNKNOWN,     REST
          ABORTED,   -,                 -,     0, true,  released, ENDED_BADLY, REST
          ABORTED,   -,                 -,     0, true,  run-2,    ENDED_BADLY, REST
          ABORTED,   -,                 -,     0, true,  run-2,    RUNNING,     REST
          ABORTED,   -,                 -,     0, true,  run-1,    RUNNING,     REST
          ABORTED,   -,                 -,     0, true,  run-1,    UNKNOWN,     REST
          ABORTED,   -,                 -,     0, true,  run-1,    SUCCEEDED,   REST
          ABORTED,   -,                 run-1, 0, true,  mine,     ENDED_BADLY, RESTORE 1
          ABORTED,   -,                 run-1, 1, true,  mine,     ENDED_BADLY, RESTORE 2
          ABORTED,   -,                 run-1, 1, true,  run-1,    ENDED_BADLY, RESTORE 2
          FAILED,    Refused,           run-1, 1, true,  run-1,    ENDED_BADLY, RESTORE 2
          FAILED,    Refused,           run-1, 1, true,  run-1,    RUNNING,     REST
          FAILED,    Refused,           run-1, 1, true,  run-2,    RUNNING,     REST
          FAILED,    Refused,           run-1, 1, false, -,        UNKNOWN,     REST
          TIMED_OUT, -,                 run-1, 2, true,  mine,     ENDED_BADLY, RESTORE 3
          FAILED,    RestoreIncomplete, run-1, 3, true,  mine,     ENDED_BADLY, PAGE
          ABORTED,   -,                 run-1, 3, true,  mine,     ENDED_BADLY, PAGE
          ABORTED,   -,                 run-1, 9, true,  mine,     ENDED_BADLY, PAGE
          FAILED,    RestoreIncomplete, run-1, 3, true,  run-2,    RUNNING,     REST
          """)
  void whatTheEndOfAnExecutionCallsFor(
      Status status,
      String error,
      String restored,
      int attempt,
      boolean stored,
      String lock,
      Executions.Status holder,
      String duty) {
    GuardianAction decided =
        GuardianPolicy.decide(ending(status, error, restored, attempt), stored, lock(lock), holder);
    String said =
        decided.move() == Move.RESTORE
            ? "RESTORE " + decided.next().number()
            : decided.move().toString();
    assertThat(said).as(decided.reason()).isEqualTo(duty);
    if (decided.next() != null) {
      assertThat(decided.next().deployment()).isEqualTo("run-1");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          FAILED    | RestoreIncomplete | 3 attempts to restore run-1 came to nothing, and no further one is made; the last was mine failed with RestoreIncomplete: the rule differs
          TIMED_OUT | -                 | 3 attempts to restore run-1 came to nothing, and no further one is made; the last was mine timed out
          ABORTED   | -                 | 3 attempts to restore run-1 came to nothing, and no further one is made; the last was mine was stopped
          """)
  void aPageSaysWhatTheLastAttemptCameTo(Status status, String error, String reason) {
    GuardianAction page =
        GuardianPolicy.decide(
            ending(status, error, "run-1", 3), true, lock("mine"), Executions.Status.ENDED_BADLY);
    assertThat(page.reason().replace(Sample.EXECUTION, "mine")).isEqualTo(reason);
  }

  private static Ending ending(Status status, String error, String restored, int attempt) {
    return new Ending(
        MACHINE, Sample.EXECUTION, status, error, "the rule differs", restored, attempt);
  }

  private static Lock lock(String lock) {
    if (lock == null) {
      return null;
    }
    Lock mine = Lock.taken(Sample.RULE, "run-1", Sample.EXECUTION, Sample.START);
    return switch (lock) {
      case "mine" -> mine;
      case "released" -> mine.givenBack();
      default -> Lock.taken(Sample.RULE, lock, "another", Sample.START);
    };
  }
}
