package io.crossfade.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.execution.ExecutionStatus;
import io.crossfade.lock.LockHolder.Remains;
import io.crossfade.lock.LockPolicy.Action;
import io.crossfade.lock.LockService.Taken;
import io.crossfade.release.Sample;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LockServiceTest {
  private static final Lock MINE = Lock.taken(Sample.RULE, "run-1", Sample.EXECUTION, Sample.START);
  private static final Lock OTHERS = Lock.taken(Sample.RULE, "run-0", "arn:run-0", Sample.START);

  private final FakeLockStore locks = new FakeLockStore();
  private final LockService service = new LockService(locks);

  @Test
  void whoIsBeatenToItIsRefused() {
    locks.beforeWrite =
        () -> {
          locks.beforeWrite = () -> {};
          locks.create(OTHERS);
        };
    assertThat(take().result().action()).isEqualTo(Action.REFUSE);
    assertThat(stored()).isEqualTo(OTHERS);
  }

  @Test
  void aWriteWhoseAnswerWasLostIsFoundToBeOnesOwn() {
    locks.beforeWrite =
        () -> {
          locks.beforeWrite = () -> {};
          locks.create(MINE);
        };
    assertThat(take().result().action()).isEqualTo(Action.ALREADY_HELD);
  }

  @Test
  void givingBackTwiceWritesOnce() {
    take();
    service.giveBack(Sample.at(3), Sample.EXECUTION, true);
    String version = locks.find(Sample.RULE).orElseThrow().version();

    service.giveBack(Sample.at(3), Sample.EXECUTION, true);

    assertThat(locks.find(Sample.RULE).orElseThrow().version()).isEqualTo(version);
    assertThat(stored().released()).isTrue();
    assertThat(stored().live().imageUri()).isEqualTo(Sample.IMAGE);
  }

  @Test
  void whatSomebodyElseHasIsNotGivenBack() {
    locks.create(OTHERS);
    service.giveBack(MINE, new Taken(new LockPolicy.Result(Action.ALREADY_HELD, ""), null));
    assertThat(stored()).isEqualTo(OTHERS);
  }

  private Taken take() {
    return service.take(
        MINE, Sample.release(), other -> new LockHolder(ExecutionStatus.RUNNING, Remains.UNSEEN));
  }

  private Lock stored() {
    return locks.find(Sample.RULE).orElseThrow().document();
  }

  @Test
  void whoLeftThingsHalfDoneHasTheLockAgainIfTheTakeoverWasForNothing() {
    locks.create(OTHERS);
    Taken taken =
        service.take(
            MINE,
            Sample.release(),
            other -> new LockHolder(ExecutionStatus.ABORTED, Remains.AS_IT_WAS));
    assertThat(stored()).isEqualTo(MINE);

    service.giveBack(MINE, taken);

    assertThat(stored()).isEqualTo(OTHERS);
  }

  @Test
  void aTakeoverWhoseAnswerWasLostIsKnownToBeOne() {
    locks.create(OTHERS);
    locks.beforeWrite =
        () -> {
          locks.beforeWrite = () -> {};
          locks.replace(locks.find(Sample.RULE).orElseThrow(), MINE);
        };
    Taken taken =
        service.take(
            MINE,
            Sample.release(),
            other -> new LockHolder(ExecutionStatus.ABORTED, Remains.AS_IT_WAS));
    assertThat(taken.result().action()).isEqualTo(Action.ALREADY_HELD);

    service.giveBack(MINE, taken);

    assertThat(stored()).isEqualTo(OTHERS);
  }

  @Test
  void onesOwnLockOfAnEarlierTryIsGivenBack() {
    take();
    service.giveBack(MINE, take());
    assertThat(stored()).isEqualTo(MINE.givenBack());
  }

  @Test
  void aLockIsOutlivedOnlyByTheLongestExecution() {
    Instant longest = Sample.START.plusSeconds(565_200);
    assertThat(MINE.outlived(longest)).isFalse();
    assertThat(MINE.outlived(longest.plusSeconds(1))).isTrue();
  }
}
