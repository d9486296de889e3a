package io.crossfade.rehearsal.page;

import java.util.Optional;
import java.util.Set;

/**
 * Which requests come from the page itself. A server on this machine can be reached by every page
 * that its owner looks at: by a form or a fetch of another site (Origin tells), and by a name of
 * another site that points to this machine (Host tells).
 *
 * @param port of the server
 */
public record LocalOrigin(int port) {
  /** Whether the browser means this machine by a name that nobody else can own. */
  boolean isOwnHost(String host) {
    return host != null && Set.of("localhost:" + port, "127.0.0.1:" + port).contains(host);
  }

  /**
   * Whether the page, and no other one, has sent a request that does something.
   *
   * @param origin the header; null if there is none
   * @param contentType the header; null if there is none
   */
  boolean mayAct(String host, String origin, String contentType) {
    return isOwnHost(host)
        && ("http://" + host).equals(origin)
        && Optional.ofNullable(contentType)
            .filter(type -> type.split(";", 2)[0].strip().equalsIgnoreCase("application/json"))
            .isPresent();
  }
}
