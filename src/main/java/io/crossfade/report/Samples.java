package io.crossfade.report;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What was measured over the time of a release, each list oldest first.
 *
 * @param intervalSeconds what each entry of the requests is the sum of, more than 0
 */
public record Samples(
    double intervalSeconds,
    List<Requests> requests,
    List<Weight> weights,
    List<Health> health,
    List<AlarmState> alarms) {
  public static final Samples NONE = new Samples(60, List.of(), List.of(), List.of(), List.of());

  public Samples {
    if (!(intervalSeconds > 0)) {
      throw new IllegalArgumentException("intervalSeconds must be more than 0");
    }
    requests = List.copyOf(requests);
    weights = List.copyOf(weights);
    health = List.copyOf(health);
    alarms = List.copyOf(alarms);
  }

  /** The same with other requests. */
  public Samples with(double seconds, List<Requests> others) {
    return new Samples(seconds, others, weights, health, alarms);
  }

  /**
   * The requests of one interval.
   *
   * @param at its beginning
   * @param versions by the version's name; one that is absent was not measured
   */
  public record Requests(Instant at, Map<String, Count> versions) {
    public Requests {
      requireNonNull(at);
      versions = Map.copyOf(versions);
    }
  }

  /**
   * @param failed how many of the requests failed
   */
  public record Count(long requests, long failed) {
    static final Count NONE = new Count(0, 0);

    Count plus(Count other) {
      return new Count(requests + other.requests, failed + other.failed);
    }
  }

  /**
   * The rule's weights from then on.
   *
   * @param canary percent of the traffic for the new version, 0 to 100
   */
  public record Weight(Instant at, int canary) {
    public Weight {
      requireNonNull(at);
    }
  }

  /** How many healthy targets a version had from then on. */
  public record Health(Instant at, String version, int healthy) {
    public Health {
      requireNonNull(at);
      requireNonNull(version);
    }
  }

  /**
   * The state of an alarm from then on.
   *
   * @param state OK, ALARM, INSUFFICIENT_DATA or UNKNOWN
   */
  public record AlarmState(Instant at, String alarm, String state) {
    public AlarmState {
      requireNonNull(at);
      requireNonNull(alarm);
      requireNonNull(state);
    }
  }
}
