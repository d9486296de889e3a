package io.crossfade.guardian;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.execution.Execution;
import io.crossfade.execution.ExecutionStatus;
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
          FAILED,    Refused,           -,     0, true,  mine,     ABORTED,     NOTHING
          FAILED,    RolledBack,        -,     0, true,  mine,     ABORTED,     NOTHING
          FAILED,    RolledBack,        run-1, 1, true,  mine,     ABORTED,     NOTHING
          SUCCEEDED, -,                 -,     0, true,  mine,     SUCCEEDED,   NOTHING
          RUNNING,   -,                 -,     0, true,  mine,     RUNNING,     NOTHING
          FAILED,    RestoreIncomplete, -,     0, true,  mine,     ABORTED,     RESTORE 1
          FAILED,    States.Runtime,    -,     0, true,  mine,     ABORTED,     RESTORE 1
          FAILED,    -,                 -,     0, true,  mine,     ABORTED,     RESTORE 1
          TIMED_OUT, -,                 -,     0, true,  mine,     ABORTED,     RESTORE 1
          ABORTED,   -,                 -,     0, true,  mine,     ABORTED,     RESTORE 1
          ABORTED,   RolledBack,        -,     0, true,  mine,     ABORTED,     RESTORE 1
          ABORTED,   -,                 -,     0, true,  mine,     RUNNING,     RESTORE 1
          ABORTED,   -,                 -,     0, false, -,        UNKNOWN,     NOTHING
          ABORTED,   -,                 -,     0, false, mine,     ABORTED,     NOTHING
          ABORTED,   -,                 -,     0, true,  -,        UNKNOWN,     NOTHING
          ABORTED,   -,                 -,     0, true,  released, ABORTED,     NOTHING
          ABORTED,   -,                 -,     0, true,  run-2,    ABORTED,     NOTHING
          ABORTED,   -,                 -,     0, true,  run-2,    RUNNING,     NOTHING
          ABORTED,   -,                 -,     0, true,  run-1,    RUNNING,     NOTHING
          ABORTED,   -,                 -,     0, true,  run-1,    UNKNOWN,     NOTHING
          ABORTED,   -,                 -,     0, true,  run-1,    SUCCEEDED,   NOTHING
          ABORTED,   -,                 run-1, 0, true,  mine,     ABORTED,     RESTORE 1
          ABORTED,   -,                 run-1, 1, true,  mine,     ABORTED,     RESTORE 2
          ABORTED,   -,                 run-1, 1, true,  run-1,    ABORTED,     RESTORE 2
          FAILED,    Refused,           run-1, 1, true,  run-1,    ABORTED,     RESTORE 2
          FAILED,    Refused,           run-1, 1, true,  run-1,    RUNNING,     NOTHING
          FAILED,    Refused,           run-1, 1, true,  run-2,    RUNNING,     NOTHING
          FAILED,    Refused,           run-1, 1, false, -,        UNKNOWN,     NOTHING
          TIMED_OUT, -,                 run-1, 2, true,  mine,     ABORTED,     RESTORE 3
          FAILED,    RestoreIncomplete, run-1, 3, true,  mine,     ABORTED,     PERSON
          ABORTED,   -,                 run-1, 3, true,  mine,     ABORTED,     PERSON
          ABORTED,   -,                 run-1, 9, true,  mine,     ABORTED,     PERSON
          FAILED,    RestoreIncomplete, run-1, 3, true,  run-2,    RUNNING,     NOTHING
          """)
  void whatTheEndOfAnExecutionCallsFor(
      ExecutionStatus status,
      String error,
      String restored,
      int attempt,
      boolean stored,
      String lock,
      ExecutionStatus holder,
      String expected) {
    GuardianAction decided =
        GuardianPolicy.decide(ended(status, error, restored, attempt), stored, lock(lock), holder);
    assertThat(said(decided)).as(decided.reason()).isEqualTo(expected);
  }

  private static String said(GuardianAction action) {
    if (action instanceof GuardianAction.StartRestore restore) {
      assertThat(restore.attempt().deployment()).isEqualTo("run-1");
      return "RESTORE " + restore.attempt().number();
    }
    return action instanceof GuardianAction.CallPerson ? "PERSON" : "NOTHING";
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
  void aPageSaysWhatTheLastAttemptCameTo(ExecutionStatus status, String error, String reason) {
    GuardianAction page =
        GuardianPolicy.decide(
            ended(status, error, "run-1", 3), true, lock("mine"), ExecutionStatus.ABORTED);
    assertThat(page.reason().replace(Sample.EXECUTION, "mine")).isEqualTo(reason);
  }

  private static Execution ended(
      ExecutionStatus status, String error, String restored, int attempt) {
    return new Execution(
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
