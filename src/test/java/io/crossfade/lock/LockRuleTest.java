package io.crossfade.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.lock.Executions.Status;
import io.crossfade.lock.Holder.Remains;
import io.crossfade.lock.LockRule.Move;
import io.crossfade.lock.LockRule.Ruling;
import io.crossfade.release.Release;
import io.crossfade.release.Sample;
import io.crossfade.release.Waiver;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LockRuleTest {
  private static final Lock MINE = Lock.taken(Sample.RULE, "run-1", Sample.EXECUTION, Sample.START);
  private static final Lock OTHERS =
      Lock.taken(Sample.RULE, "run-0", "arn:run-0", Instant.parse("2026-01-31T11:00:00Z"));
  private static final Waiver ABANDONED =
      new Waiver(List.of(Waiver.Check.ABANDONED_LOCK), "ann", "checked by hand");
  private static final Holder NOBODY = new Holder(Status.UNKNOWN, Remains.UNSEEN);

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          RUNNING,     UNSEEN,         false, REFUSED
          RUNNING,     UNSEEN,         true,  REFUSED
          UNKNOWN,     UNSEEN,         false, REFUSED
          UNKNOWN,     UNSEEN,         true,  REFUSED
          SUCCEEDED,   UNSEEN,         false, REPLACE
          ENDED_BADLY, NOTHING_STORED, false, REPLACE
          ENDED_BADLY, AS_IT_WAS,      false, REPLACE
          ENDED_BADLY, DIFFERENT,      false, REFUSED
          ENDED_BADLY, DIFFERENT,      true,  REPLACE
          ENDED_BADLY, UNSEEN,         false, REFUSED
          """)
  void anothersLock(Status status, Remains remains, boolean waived, Move expected) {
    Release release = Sample.release(List.of(), waived ? ABANDONED : null);
    Ruling ruling = LockRule.decide(OTHERS, MINE, new Holder(status, remains), release);
    assertThat(ruling.move()).isEqualTo(expected);
    assertThat(ruling.reason().isEmpty()).isEqualTo(expected != Move.REFUSED);
  }

  @Test
  void whatIsNotThereIsCreated() {
    assertThat(decide(null)).isEqualTo(Move.CREATE);
  }

  @Test
  void whatWasGivenBackIsTaken() {
    assertThat(decide(OTHERS.givenBack())).isEqualTo(Move.REPLACE);
    assertThat(decide(MINE.givenBack())).isEqualTo(Move.REPLACE);
  }

  @Test
  void aRetryFindsItsOwnLock() {
    assertThat(decide(MINE)).isEqualTo(Move.MINE);
  }

  @Test
  void anotherExecutionOfTheSameNameIsAnother() {
    Lock namesake = Lock.taken(Sample.RULE, "run-1", "arn:another:run-1", Sample.START);
    assertThat(decide(namesake)).isEqualTo(Move.REFUSED);
  }

  @Test
  void aRefusalNamesTheHolderItsExecutionAndSinceWhen() {
    Holder running = new Holder(Status.RUNNING, Remains.UNSEEN);
    assertThat(LockRule.decide(OTHERS, MINE, running, Sample.release()).reason())
        .isEqualTo(
            "another deployment of this rule is running:"
                + " run-0 (arn:run-0) since 2026-01-31T11:00:00Z");
  }

  @Test
  void aRefusalForWhatWasLeftHalfDoneSaysWhatToDo() {
    Holder dead = new Holder(Status.ENDED_BADLY, Remains.DIFFERENT);
    assertThat(LockRule.decide(OTHERS, MINE, dead, Sample.release()).reason())
        .contains("run-0 (arn:run-0)", "{\"restore\": \"run-0\"}", "override abandoned-lock");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      textBlock =
          """
          2026-01-31T12:00:01Z, false, REFUSED
          2026-01-31T12:00:01Z, true,  REPLACE
          2026-01-31T12:00:00Z, false, REPLACE
          2026-01-31T11:59:59Z, false, REPLACE
          null,                 false, REPLACE
          """)
  void anOlderBuild(Instant live, boolean waived, Move expected) {
    Waiver waiver = new Waiver(List.of(Waiver.Check.OLDER_BUILD), "ann", "going back");
    Lock lock = OTHERS.givenBack().withLive(new Build("run-0", "image:1", live));
    Release release = Sample.release(List.of(), waived ? waiver : null);
    assertThat(LockRule.decide(lock, MINE, NOBODY, release).move()).isEqualTo(expected);
  }

  private static Move decide(Lock found) {
    return LockRule.decide(found, MINE, NOBODY, Sample.release()).move();
  }
}
