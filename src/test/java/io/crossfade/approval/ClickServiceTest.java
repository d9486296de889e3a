package io.crossfade.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClickServiceTest {
  private final CallbackBench bench = new CallbackBench();
  private final List<String> log = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({"0, true", "1900, true", "1901, false", "60000, false"})
  void whatIsOnlyPoliteIsLeftOutWhenSlackDoesNotWaitAnyLonger(long millis, boolean told) {
    take(click("U1"), millis);
    assertThat(bench.tasks.answers).hasSize(1);
    assertThat(bench.messenger.replaced).hasSize(told ? 1 : 0);
  }

  @Test
  void aDecisionThatWasNotMarkedIsFoundOutByTheNextClick() {
    take(click("U1"), 60_000);
    take(click("U2"), 0);
    assertThat(bench.tasks.answers).hasSize(1);
    assertThat(bench.messenger.whispers).containsExactly(ApprovalMessages.GONE);
  }

  @Test
  void theLogSaysWhoAndWhatAndNoSecret() {
    take(click("U1"), 0);
    take(click("U9"), 0);
    assertThat(log)
        .containsExactly("run-1: approved by ada (U1)", "a click of U9: not allowed")
        .noneMatch(
            line -> line.contains(CallbackBench.TOKEN) || line.contains(bench.pending.nonce()));
  }

  private Click click(String user) {
    return new Click(
        new Clicker("T1", "A1", user, "ada", "https://x"),
        ApprovalChoice.APPROVED,
        bench.pending.nonce());
  }

  /**
   * @param millis that have passed since the request came in
   */
  private void take(Click click, long millis) {
    AtomicLong nanos = new AtomicLong();
    ResponseDeadline deadline = new ResponseDeadline(nanos::get);
    nanos.set(millis * 1_000_000);
    new ClickService(
            bench.approvals,
            bench.delivery(),
            new ClickAnswers(bench.messenger, Approvers.from("U1,U2", "", true), log::add))
        .take(click, CallbackBench.NOW, deadline);
  }
}
