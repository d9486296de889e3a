package io.crossfade.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.release.Step;
import io.crossfade.release.Timings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** What a release used, from a rehearsal's {@code report.json}. */
record Rehearsed(String origin, JsonNode report) {
  private static final long BAKE_SECONDS = 300;
  private static final long STEPS = 4;
  private static final Set<String> EACH_POLL =
      Set.of(
          "monitoring:DescribeAlarms", "elasticloadbalancing:DescribeTargetHealth", "s3:GetObject");
  private static final Path OWN = Path.of("target/rehearsal/report.json");

  /** The figures that the documents stand on. */
  static Rehearsed committed() {
    try (InputStream in = Rehearsed.class.getResourceAsStream("/cost/rehearsal.json")) {
      return new Rehearsed(
          "src/rehearsal/resources/cost/rehearsal.json", new ObjectMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last rehearsal of this machine if there was one that released, else the committed one. */
  static Rehearsed latest() {
    if (!Files.exists(OWN)) {
      return committed();
    }
    try {
      JsonNode report = new ObjectMapper().readTree(OWN.toFile());
      boolean released = "Released".equals(report.path("outcome").asText());
      return released ? new Rehearsed(OWN.toString(), report) : committed();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Polls that the rehearsal would have had more with the default bake of {@link #BAKE_SECONDS}:
   * those of {@link #STEPS} steps. Where the report does not say how long it baked, it was the
   * default.
   */
  private long morePolls() {
    return STEPS * (polls(BAKE_SECONDS) - polls(baked()));
  }

  private long baked() {
    return report.path("bakeSeconds").asLong(BAKE_SECONDS);
  }

  /** Polls come less often once an alarm has had its time. */
  private static long polls(long bakeSeconds) {
    long early = Math.min(bakeSeconds, Step.ALARM_SECONDS);
    return begun(early, Timings.POLL_SECONDS)
        + begun(bakeSeconds - early, Timings.LATE_POLL_SECONDS);
  }

  private static long begun(long seconds, int each) {
    return (seconds + each - 1) / each;
  }

  /** A poll is a wait, a check and a choice. */
  long transitions() {
    return report.path("stateTransitions").asLong() + 3 * morePolls();
  }

  long invocations() {
    long sum = morePolls();
    for (JsonNode function : report.path("functions")) {
      sum += function.path("invocations").asLong();
    }
    return sum;
  }

  /**
   * The milliseconds of all functions: their sum where the report has it, else the longest
   * invocation of each and the median for the others.
   */
  double millis() {
    double sum = 0;
    for (JsonNode function : report.path("functions")) {
      if (function.path("function").asText().endsWith("CheckAlarmsFunction")) {
        sum += morePolls() * function.path("p50").asDouble();
      }
      long runs = function.path("invocations").asLong();
      if (function.has("totalMillis")) {
        sum += function.path("totalMillis").asDouble();
      } else if (runs > 0) {
        sum += function.path("max").asDouble() + (runs - 1) * function.path("p50").asDouble();
      }
    }
    return sum;
  }

  /**
   * The memory of template.yaml's functions for this kind of artifact, in GB. The callback has
   * more, and runs for a click.
   */
  double memoryGb() {
    return "native".equals(artifact()) ? 0.25 : 1;
  }

  String artifact() {
    return report.path("versions").path("artifact").asText("jvm");
  }

  /** How long the release took in the world's time. */
  double minutes() {
    double rehearsed = report.path("seconds").asDouble() * report.path("speed").asDouble();
    return (rehearsed + STEPS * (BAKE_SECONDS - baked())) / 60;
  }

  /** How often an operation was called, e.g. {@code s3:PutObject}. */
  long calls(String operation) {
    long more = EACH_POLL.contains(operation) ? morePolls() : 0;
    return report.path("awsCalls").path(operation).asLong() + more;
  }
}
