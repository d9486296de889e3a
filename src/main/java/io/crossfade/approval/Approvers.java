package io.crossfade.approval;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may decide, by Slack user id. Empty means nobody.
 *
 * @param authorsOf for each of them, the names under which they appear as a release's author
 * @param authorMayApprove false if whoever wrote a version must not be the one to approve it
 */
record Approvers(Map<String, Set<String>> authorsOf, boolean authorMayApprove) {
  Approvers {
    authorsOf = Map.copyOf(authorsOf);
  }

  /**
   * @param list {@code U0123ABCD} or {@code U0123ABCD=ada@example.com|Ada}, separated by commas
   */
  static Approvers from(String list, boolean authorMayApprove) {
    Map<String, Set<String>> authors = new LinkedHashMap<>();
    for (String entry : list.split(",")) {
      String[] parts = entry.strip().split("=", 2);
      if (!parts[0].isBlank()) {
        authors.put(parts[0].strip(), parts.length == 1 ? Set.of() : names(parts[1]));
      }
    }
    return new Approvers(authors, authorMayApprove);
  }

  private static Set<String> names(String list) {
    return Arrays.stream(list.split("\\|"))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  boolean include(String userId) {
    return authorsOf.containsKey(userId);
  }

  /** Whether this person may approve that author's version: unknown on either side is a no. */
  boolean mayApprove(String userId, String author) {
    Set<String> own = authorsOf.getOrDefault(userId, Set.of());
    return authorMayApprove
        || author != null
            && !own.isEmpty()
            && own.stream().noneMatch(name -> name.equalsIgnoreCase(author.strip()));
  }
}
