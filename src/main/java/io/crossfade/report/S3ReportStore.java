package io.crossfade.report;

import io.crossfade.aws.Adapter;
import io.crossfade.aws.StateBucket;
import io.crossfade.release.TimelineEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** {@code deployments/<id>/report.html} and {@code report.json} in the state bucket. */
@Adapter
@RegisterForReflection(
    targets = {
      ReleaseReport.class,
      ReleaseReport.Fact.class,
      ReleaseReport.Version.class,
      ReleaseReport.Comparison.class,
      ReleaseReport.Difference.class,
      ReleaseReport.Table.class,
      Samples.class,
      Samples.Requests.class,
      Samples.Count.class,
      Samples.Weight.class,
      Samples.Health.class,
      Samples.AlarmState.class,
      TimelineEvent.class
    })
class S3ReportStore implements ReportStore {
  private final StateBucket state;

  S3ReportStore(StateBucket state) {
    this.state = state;
  }

  @Override
  public String save(String deployment, String execution, ReleaseReport report) {
    String page = StateBucket.key(deployment, "report.html");
    state.put(StateBucket.key(deployment, "report.json"), report);
    state.putPage(page, ReportPage.render(report));
    return ConsoleLink.to(execution, state.name(), page);
  }
}
