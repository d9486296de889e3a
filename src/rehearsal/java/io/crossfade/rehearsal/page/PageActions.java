package io.crossfade.rehearsal.page;

import com.fasterxml.jackson.databind.JsonNode;

/** What the page's server shows and lets a visitor do. Called on threads that may wait. */
public interface PageActions {
  PageState state();

  /** Makes trouble, if it is possible now. */
  boolean make(Trouble trouble);

  /**
   * Clicks a button of a message in Slack.
   *
   * @param click ts of the message, action of the button, and user, the id of who clicks
   * @return whether there is such a button
   */
  boolean click(JsonNode click);
}
