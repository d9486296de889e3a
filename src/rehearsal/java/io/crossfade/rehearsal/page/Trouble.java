package io.crossfade.rehearsal.page;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a visitor of the page can do to a release. */
public enum Trouble {
  /** FAIL means that the new version fails one request in three from now on. */
  FAIL("Version 2 fails", "One of three of its requests fails from now on.", Needs.RELEASE),

  /** HANG means that the new version answers no request any more, but every health check. */
  HANG("Version 2 hangs", "It answers nothing but health checks from now on.", Needs.RELEASE),

  /** LOSE_TASK means that one task of the new version stops, and ECS starts another. */
  LOSE_TASK("Version 2 loses a task", "ECS stops one of its tasks.", Needs.NEW_TASK),

  /** ALARM means that an alarm of the new version fires for a minute. */
  ALARM("Trip the alarm", "The alarm on the new version fires for a minute.", Needs.RELEASE),

  /** STOP means that somebody stops the execution. */
  STOP("Stop the execution", "As somebody in the AWS console may.", Needs.RELEASE),

  /** WEIGHTS means that somebody else gives the new version 10 % by hand. */
  WEIGHTS("Change the weights by hand", "Somebody gives version 2 10 %.", Needs.RELEASE),

  /** AUTOSCALER means that from now on the autoscaler wants both services at their minimum. */
  AUTOSCALER(
      "The autoscaler fights",
      "From now on it wants both services at their minimum.",
      Needs.RELEASE);

  private enum Needs {
    RELEASE,
    NEW_TASK
  }

  private final String label;
  private final String meaning;
  private final Needs needs;

  Trouble(String label, String meaning, Needs needs) {
    this.label = label;
    this.meaning = meaning;
    this.needs = needs;
  }

  public String label() {
    return label;
  }

  public String meaning() {
    return meaning;
  }

  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Trouble> of(String id) {
    return Arrays.stream(values()).filter(trouble -> trouble.id().equals(id)).findFirst();
  }

  /**
   * Whether it can be done now.
   *
   * @param newTasks how many tasks of the new version run
   */
  public boolean possible(PageState.Run run, int newTasks) {
    return run == PageState.Run.RELEASING && (needs == Needs.RELEASE || newTasks > 0);
  }
}
