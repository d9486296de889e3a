package io.crossfade.localaws.slack;

import java.util.Objects;

/**
 * A person in the workspace.
 *
 * @param id such as U0LOCALANN1
 */
public record SlackUser(String id, String name) {
  public SlackUser {
    Objects.requireNonNull(name, "name");
    if (!id.matches("[UW][A-Z0-9]{8,10}")) {
      throw new IllegalArgumentException("not the id of a Slack user: " + id);
    }
  }
}
