package io.crossfade.bench;

import io.crossfade.approval.ApprovalChoice;
import io.crossfade.bench.BenchOptions.Part;
import io.crossfade.localaws.StackInterceptor;
import io.crossfade.matrix.Worker;
import io.crossfade.rehearsal.Visitors;
import io.crossfade.rehearsal.VisitorsReport;
import io.crossfade.site.SiteVersion;
import java.util.List;
import java.util.function.Consumer;

/** A release under the requests of many visitors, of which none may fail. */
final class VisitedReleases {
  private static final double SPEED = 20;

  private final Worker worker;
  private final String packaging;
  private final Consumer<String> progress;
  private final Consumer<String> notice;
  private final Recorder recorder = new Recorder();

  VisitedReleases(
      Worker worker, String packaging, Consumer<String> progress, Consumer<String> notice) {
    this.worker = worker;
    this.packaging = packaging;
    this.progress = progress;
    this.notice = notice;
  }

  List<Measurement> measure(List<Integer> numbers) throws Exception {
    for (int number : numbers) {
      progress.accept("visitors: %d".formatted(number));
      run(number);
    }
    return recorder.measurements();
  }

  private void run(int number) {
    SiteVersion version = SiteVersion.good("backend-2");
    try (SampleAccount account =
        new SampleAccount(worker, SPEED, 0, version, StackInterceptor.NONE)) {
      account.answer(ApprovalChoice.APPROVED, () -> {});
      VisitorsReport report;
      String status;
      double seconds;
      try (Visitors visitors = new Visitors(worker.vertx, account.site.url(), number)) {
        visitors.start();
        String input = SampleAccount.release(account.site.backend(), SampleAccount.SHORT_STEPS);
        status = account.stack.await(account.stack.start("bench", input)).statusAsString();
        visitors.stop();
        seconds = visitors.seconds();
        report = visitors.report(account.images.orders());
      }
      if (!status.equals("SUCCEEDED")) {
        notice.accept("the release under %d visitors ended as %s".formatted(number, status));
      }
      String subject = number + " visitors";
      add(subject, "requests", report.requests());
      add(subject, "a second", report.requests() / seconds);
      add(subject, "failed", report.failed());
      add(subject, "lost orders", report.lost());
    }
  }

  private void add(String subject, String quantity, double value) {
    recorder.add(Part.VISITORS.label(), subject, packaging, quantity, value);
  }
}
