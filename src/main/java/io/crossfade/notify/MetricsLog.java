package io.crossfade.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.release.Deployment;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.function.Consumer;
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
    try {
      out.accept(json.writeValueAsString(ReleaseMetrics.of(stack, outcome, deployment, now)));
    } catch (JsonProcessingException | RuntimeException unwritable) {
      LOG.warn("the release was not counted: " + unwritable.getMessage());
    }
  }
}
