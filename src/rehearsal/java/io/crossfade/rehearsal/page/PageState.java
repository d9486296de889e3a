package io.crossfade.rehearsal.page;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * All that the page shows at one moment, from the beginning on, so that a page that is opened late
 * needs nothing else. Times are seconds of the rehearsal's clock since the visitors came.
 *
 * @param title what is released
 * @param speed how many times as fast as life the clock runs
 * @param state the state machine's own present state; empty before it starts
 * @param path the states that were entered, as they are shown, oldest first
 * @param traffic requests over time
 * @param steps each change of the weights
 * @param slack the channel as a person sees it; null before there is one
 * @param ending null until the run is over
 */
public record PageState(
    String title,
    Run run,
    double speed,
    double elapsed,
    String state,
    List<Visit> path,
    List<Version> versions,
    List<Traffic> traffic,
    List<WeightStep> steps,
    List<Service> services,
    List<Alarm> alarms,
    List<AlarmChange> alarmHistory,
    JsonNode slack,
    List<Button> buttons,
    List<LogLine> log,
    Ending ending) {

  public PageState {
    requireNonNull(title, "title");
    requireNonNull(run, "run");
    requireNonNull(state, "state");
    path = List.copyOf(path);
    versions = List.copyOf(versions);
    traffic = List.copyOf(traffic);
    steps = List.copyOf(steps);
    services = List.copyOf(services);
    alarms = List.copyOf(alarms);
    alarmHistory = List.copyOf(alarmHistory);
    buttons = List.copyOf(buttons);
    log = List.copyOf(log);
  }

  /** How far the rehearsal is. */
  public enum Run {
    /** STARTING means that the local AWS and the visitors come, and no release runs. */
    STARTING,
    /** RELEASING means that the release runs. */
    RELEASING,
    /** OVER means that the release has ended; nothing changes any more. */
    OVER
  }

  /** A state that was entered. */
  public record Visit(String state, double at) {}

  /**
   * One version of the site; after them, what answered in the place of one.
   *
   * @param colour blue or green, or {@link #NONE}
   */
  public record Version(String name, String colour, long requests, long failed) {
    /** The colour of what is no version. */
    public static final String NONE = "none";
  }

  /**
   * Requests per second of the visitor's clock, by version in the order of {@link #versions}; of
   * those with a colour alone.
   *
   * @param answered those that were answered well
   * @param failed those that failed, whoever answered
   */
  public record Traffic(double at, List<Double> answered, double failed) {}

  /**
   * @param green the share of the colour green in percent
   */
  public record WeightStep(double at, int green) {}

  /** An ECS service and its tasks. */
  public record Service(
      String name, String colour, int desired, int running, int pending, List<Task> tasks) {}

  public record Task(String id, String image, boolean healthy) {}

  public record Alarm(String name, String state, String reason) {}

  public record AlarmChange(double at, String name, String from, String to, String reason) {}

  public record Button(String id, String label, String meaning, boolean possible) {}

  public record LogLine(double at, String text) {}

  /**
   * @param outcome the state that the release ended in
   * @param report where the report was written
   */
  public record Ending(String outcome, String reason, boolean asExpected, String report) {}
}
