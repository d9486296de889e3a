package io.crossfade.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.crossfade.notify.Outcome;
import io.crossfade.release.Deployment;
import io.crossfade.release.Invocation;
import io.crossfade.release.PermanentFailure;
import io.crossfade.release.Sample;
import io.crossfade.release.Verdict;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusRecorderTest {
  private static final PermanentFailure REFUSED = new PermanentFailure("SNS refuses");

  private final List<ReleaseStatus> stored = new ArrayList<>();
  private boolean storeIsAway;

  private final StatusRecorder recorder =
      new StatusRecorder(
          new StatusStore() {
            @Override
            public void put(ReleaseStatus status) {
              if (storeIsAway) {
                throw new PermanentFailure("S3 refuses");
              }
              stored.add(status);
            }

            @Override
            public Optional<ReleaseStatus> find(String deploymentId) {
              return stored.stream().findFirst();
            }
          });

  private static Invocation notice(Deployment document, String outcome) {
    return new Invocation(
        document, Sample.EXECUTION, Sample.START.plusSeconds(60), outcome, null, false, false);
  }

  /** The outcome is so, whether or not the function could tell anybody. */
  @ParameterizedTest
  @CsvSource({
    "Released,   true,  RELEASED",
    "Released,   false, RELEASED",
    "RolledBack, true,  ROLLED_BACK",
    ",           true,",
  })
  void anOutcomeIsStoredThoughTheFunctionFails(String outcome, boolean fails, Outcome told) {
    Call call = new Call(notice(Sample.at(3), outcome), fails);
    assertThat(catchThrowable(() -> recorder.record(call))).isSameAs(fails ? REFUSED : null);
    assertThat(stored)
        .extracting(ReleaseStatus::outcome)
        .isEqualTo(told == null ? List.of() : List.of(told));
  }

  @Test
  void whatTheFunctionFailedOfIsToldAlsoIfNothingCanBeStored() {
    storeIsAway = true;
    Call call = new Call(notice(Sample.at(3), "Released"), true);
    assertThat(catchThrowable(() -> recorder.record(call))).isSameAs(REFUSED);
  }

  /** The next try finds the message ended, and does not change its reason any more. */
  @Test
  void theReasonIsTheErrorsWhereACatchCameBefore() {
    Deployment caught =
        caught(Map.of("Error", "x", "Cause", "{\"errorMessage\":\"no such rule\"}"));
    catchThrowable(() -> recorder.record(new Call(notice(caught, "RolledBack"), true)));
    assertThat(stored)
        .singleElement()
        .extracting(status -> status.deployment().verdict().reason())
        .isEqualTo("no such rule");
  }

  private static Deployment caught(Map<String, String> error) {
    Deployment before = Sample.at(3);
    return new Deployment(
        before.id(),
        before.execution(),
        before.release(),
        before.target(),
        before.snapshot(),
        before.taskDefinition(),
        before.progress(),
        new Verdict("ROLL_BACK", "{\"Error\":\"x\"}", 0, true),
        null,
        null,
        null,
        error,
        null,
        null);
  }

  /** A call of a function that answers with its document, or fails. */
  private record Call(Invocation in, boolean fails) implements InvocationContext {
    @Override
    public Object proceed() {
      if (fails) {
        throw REFUSED;
      }
      return in.document();
    }

    @Override
    public Object[] getParameters() {
      return new Object[] {in};
    }

    @Override
    public void setParameters(Object[] parameters) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Object getTarget() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Object getTimer() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Method getMethod() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Constructor<?> getConstructor() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Object> getContextData() {
      throw new UnsupportedOperationException();
    }
  }
}
