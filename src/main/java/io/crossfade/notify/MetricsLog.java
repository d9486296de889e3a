package io.crossfade.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.release.Deployment;
import io.crossfade.report.Samples;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Prints metrics for CloudWatch Logs: each on a line of its own with nothing before it, as no
 * logger would.
 */
@ApplicationScoped
public class MetricsLog {
  private static final Logger LOG = Logger.getLogger(MetricsLog.class);

  private final ObjectMapper json;
  private final String stack;
  private final Consumer<String> out;

  @Inject
  public MetricsLog(
      ObjectMapper json,
      @ConfigProperty(name = "crossfade.stack", defaultValue = "unknown") String stack) {
    this(json, stack, System.out::println);
  }

  MetricsLog(ObjectMapper json, String stack, Consumer<String> out) {
    this.json = json;
    this.stack = stack;
    this.out = out;
  }

  /** Of a release that has ended. It never fails. */
  public void ended(Outcome outcome, Deployment deployment, Instant now) {
    print(() -> ReleaseMetrics.ended(stack, outcome, deployment, now));
  }

  /** The requests that its new version was sent. It never fails. */
  public void shifted(Outcome outcome, Deployment deployment, Samples.Count canary, Instant now) {
    print(() -> ReleaseMetrics.shifted(stack, outcome, deployment, canary, now));
  }

  private void print(Supplier<Map<String, Object>> line) {
    try {
      out.accept(json.writeValueAsString(line.get()));
    } catch (JsonProcessingException | RuntimeException unwritable) {
      LOG.warn("the release was not counted: " + unwritable.getMessage());
    }
  }
}
