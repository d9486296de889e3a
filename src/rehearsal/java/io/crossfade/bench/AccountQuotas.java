package io.crossfade.bench;

import io.crossfade.bench.BenchOptions.Part;
import io.crossfade.release.Timings;
import java.util.List;

/** What an account's default quotas carry: computed, not measured. */
final class AccountQuotas {
  private static final List<Integer> AT_ONCE = List.of(1, 10, 30, 50, 100, 300, 1000);
  private static final String WHOLE = Part.ACCOUNT.label();

  private AccountQuotas() {}

  static List<Measurement> compute() {
    Recorder recorder = new Recorder();
    for (Quota quota : Quota.values()) {
      recorder.add(WHOLE, quota.label(), "computed", "a second", quota.perSecond());
      int carries = quota.carries(Timings.POLL_SECONDS);
      recorder.add(WHOLE, quota.label(), "computed", "releases at once", carries);
    }
    for (int releases : AT_ONCE) {
      int all = Quota.pages(releases);
      simulate(recorder, releases, "as it is", AccountSimulation.of(releases, all, 1));
      simulate(recorder, releases, "all at each look", AccountSimulation.of(releases, all, all));
    }
    return recorder.measurements();
  }

  private static void simulate(
      Recorder recorder, int releases, String variant, AccountSimulation.Result result) {
    String subject = releases + " at once";
    String part = WHOLE + "/simulation";
    recorder.add(part, subject, variant, "came to the question", result.asked());
    recorder.add(part, subject, variant, "after, s", result.seconds());
    recorder.add(part, subject, variant, "looks", result.waits().values().size());
    recorder.add(part, subject, variant, "a look waits, median s", result.waits().median());
    recorder.add(part, subject, variant, "a look waits, p99 s", result.waits().p99());
    recorder.add(part, subject, variant, "looks that would fail", result.failures());
  }
}
