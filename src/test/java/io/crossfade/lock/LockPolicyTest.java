package io.crossfade.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.execution.ExecutionStatus;
import io.crossfade.lock.LockHolder.Remains;
import io.crossfade.lock.LockPolicy.Action;
import io.crossfade.lock.LockPolicy.Result;
import io.crossfade.release.CheckOverride;
import io.crossfade.release.Release;
import io.crossfade.release.Revert;
import io.crossfade.release.Sample;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LockPolicyTest {
  private static final Lock MINE = Lock.taken(Sample.RULE, "run-1", Sample.EXECUTION, Sample.START);
  private static final Lock OTHERS =
      Lock.taken(Sample.RULE, "run-0", "arn:run-0", Instant.parse("2026-01-31T11:00:00Z"));
  private static final CheckOverride ABANDONED =
      new CheckOverride(List.of(CheckOverride.Check.ABANDONED_LOCK), "ann", "checked by hand");
  private static final CheckOverride OLDER =
      new CheckOverride(List.of(CheckOverride.Check.OLDER_BUILD), "ann", "going back");
  private static final LockHolder NOBODY = new LockHolder(ExecutionStatus.UNKNOWN, Remains.UNSEEN);

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          RUNNING,     UNSEEN,         false, REFUSE
          RUNNING,     UNSEEN,         true,  REFUSE
          UNKNOWN,     UNSEEN,         false, REFUSE
          UNKNOWN,     UNSEEN,         true,  REFUSE
          SUCCEEDED,   UNSEEN,         false, REPLACE
          ABORTED, NOTHING_STORED, false, REPLACE
          ABORTED, AS_IT_WAS,      false, REPLACE
          ABORTED, DIFFERENT,      false, REFUSE
          ABORTED, DIFFERENT,      true,  REPLACE
          ABORTED, UNSEEN,         false, REFUSE
          """)
  void anothersLock(ExecutionStatus status, Remains remains, boolean waived, Action expected) {
    Release release = Sample.release(List.of(), waived ? ABANDONED : null);
    Result result = LockPolicy.decide(OTHERS, MINE, new LockHolder(status, remains), release);
    assertThat(result.action()).isEqualTo(expected);
    assertThat(result.reason().isEmpty()).isEqualTo(expected != Action.REFUSE);
  }

  @Test
  void whatIsNotThereIsCreated() {
    assertThat(decide(null)).isEqualTo(Action.CREATE);
  }

  @Test
  void whatWasGivenBackIsTaken() {
    assertThat(decide(OTHERS.givenBack())).isEqualTo(Action.REPLACE);
    assertThat(decide(MINE.givenBack())).isEqualTo(Action.REPLACE);
  }

  @Test
  void aRetryFindsItsOwnLock() {
    assertThat(decide(MINE)).isEqualTo(Action.ALREADY_HELD);
  }

  @Test
  void anotherExecutionOfTheSameNameIsAnother() {
    Lock namesake = Lock.taken(Sample.RULE, "run-1", "arn:another:run-1", Sample.START);
    assertThat(decide(namesake)).isEqualTo(Action.REFUSE);
  }

  @Test
  void aRefusalNamesTheHolderItsExecutionAndSinceWhen() {
    LockHolder running = new LockHolder(ExecutionStatus.RUNNING, Remains.UNSEEN);
    assertThat(LockPolicy.decide(OTHERS, MINE, running, Sample.release()).reason())
        .isEqualTo(
            "another deployment of this rule is running:"
                + " run-0 (arn:run-0) since 2026-01-31T11:00:00Z");
  }

  @Test
  void aRefusalForWhatWasLeftHalfDoneSaysWhatToDo() {
    LockHolder dead = new LockHolder(ExecutionStatus.ABORTED, Remains.DIFFERENT);
    assertThat(LockPolicy.decide(OTHERS, MINE, dead, Sample.release()).reason())
        .contains("run-0 (arn:run-0)", "{\"restore\": \"run-0\"}", "override abandoned-lock");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      textBlock =
          """
          2026-01-31T12:00:01Z, false, REFUSE
          2026-01-31T12:00:01Z, true,  REPLACE
          2026-01-31T12:00:00Z, false, REPLACE
          2026-01-31T11:59:59Z, false, REPLACE
          null,                 false, REPLACE
          """)
  void anOlderBuild(Instant live, boolean waived, Action expected) {
    Lock lock =
        OTHERS.givenBack().withLive(new ReleasedBuild("run-0", "image:1", live, null, null));
    Release release = Sample.release(List.of(), waived ? OLDER : null);
    assertThat(LockPolicy.decide(lock, MINE, NOBODY, release).action()).isEqualTo(expected);
  }

  /** The build of 12:00 was taken back; what is live since is not known by time. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          image                | commit  | built                | waived | expected
          as it was taken back | -       | 2026-01-31T12:00:00Z | false  | REFUSE
          as it was taken back | -       | 2026-01-31T12:00:01Z | false  | REFUSE
          as it was taken back | -       | -                    | false  | REFUSE
          as it was taken back | -       | -                    | true   | REPLACE
          another              | abc1234 | 2026-01-31T12:00:01Z | false  | REFUSE
          another              | -       | 2026-01-31T12:00:00Z | false  | REFUSE
          another              | -       | 2026-01-31T11:59:59Z | false  | REFUSE
          another              | -       | 2026-01-31T11:59:59Z | true   | REPLACE
          another              | def5678 | 2026-01-31T12:00:01Z | false  | REPLACE
          another              | ''      | 2026-01-31T12:00:01Z | false  | REPLACE
          another              | -       | -                    | false  | REPLACE
          """,
      useHeadersInDisplayName = true)
  void aBuildThatWasTakenBackComesAgainOnlyOnTheRecord(
      String image, String commit, Instant built, boolean waived, Action expected) {
    String known = "".equals(commit) ? "" : "abc1234";
    ReleasedBuild reverted = new ReleasedBuild("run-0", Sample.IMAGE, Sample.START, known, null);
    Lock lock =
        OTHERS.givenBack().withLive(new ReleasedBuild("run-9", "image:1", null, null, reverted));
    String given =
        image.equals("another") ? Sample.IMAGE.replace("sha256:2", "sha256:3") : Sample.IMAGE;
    Release release = Sample.built(given, commit, built, waived ? OLDER : null);

    Result result = LockPolicy.decide(lock, MINE, NOBODY, release);

    assertThat(result.action()).isEqualTo(expected);
    if (expected == Action.REFUSE) {
      assertThat(result.reason())
          .isEqualTo(
              "run-9 has taken run-0 (%s) back, and this build is the same or no newer;"
                      .formatted(Sample.IMAGE)
                  + " override older-build with a reason to release it");
    }
  }

  /** It names the release that it takes back, which says more. */
  @Test
  void aRevertIsNoOlderBuild() {
    ReleasedBuild reverted = new ReleasedBuild("run-0", Sample.IMAGE, Sample.START, null, null);
    Lock lock =
        OTHERS.givenBack().withLive(new ReleasedBuild("run-9", "image:1", null, null, reverted));
    Release forward = Sample.revert(Sample.IMAGE, new Revert("run-9", "it was not it", null));
    assertThat(LockPolicy.decide(lock, MINE, NOBODY, forward).action()).isEqualTo(Action.REPLACE);
  }

  private static Action decide(Lock found) {
    return LockPolicy.decide(found, MINE, NOBODY, Sample.release()).action();
  }
}
