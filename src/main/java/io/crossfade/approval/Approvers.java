package io.crossfade.approval;

import io.crossfade.release.PermanentFailure;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Who may decide, by Slack user id. Empty means nobody.
 *
 * @param addressesOf for each of them, the e-mail addresses under which they appear as an author
 * @param authors every address that is known, also of authors who may not decide
 * @param authorMayApprove false if whoever wrote a version must not be the one to approve it
 */
public record Approvers(
    Map<String, Set<String>> addressesOf, Set<String> authors, boolean authorMayApprove) {
  private static final String ADDRESS = "[^@,=|\\s]+@[^@,=|\\s]+";

  private static final Pattern APPROVER =
      Pattern.compile("([UW][A-Z0-9]+)(?:=(%1$s(?:\\|%1$s)*))?".formatted(ADDRESS));

  public Approvers {
    addressesOf = Map.copyOf(addressesOf);
    authors = Set.copyOf(authors);
  }

  /**
   * Strict, because a list that is read otherwise than it was meant lets the wrong person approve.
   *
   * @param list {@code U0123ABCD} or {@code U0123ABCD=ada@example.com|ada@home.example}, separated
   *     by commas
   * @param others addresses, separated by commas
   * @throws PermanentFailure if one of the two is anything else, with what that is
   */
  static Approvers from(String list, String others, boolean authorMayApprove) {
    Map<String, Set<String>> addresses = new HashMap<>();
    for (String entry : entries(list)) {
      var approver = APPROVER.matcher(entry);
      if (!approver.matches()) {
        throw wrong(
            "SlackApprovers",
            entry,
            "Slack user ids like U0123ABCD or U0123ABCD=ada@example.com|ada@home.example");
      }
      addresses
          .computeIfAbsent(approver.group(1), id -> new HashSet<>())
          .addAll(addresses(approver.group(2)));
    }
    Set<String> authors = new HashSet<>();
    addresses.values().forEach(authors::addAll);
    for (String entry : entries(others)) {
      if (!entry.matches(ADDRESS)) {
        throw wrong("OtherAuthors", entry, "e-mail addresses");
      }
      authors.add(normal(entry));
    }
    return new Approvers(addresses, authors, authorMayApprove);
  }

  private static List<String> entries(String list) {
    return list.isEmpty() ? List.of() : List.of(list.split(",", -1));
  }

  private static PermanentFailure wrong(String parameter, String entry, String expected) {
    return new PermanentFailure(
        "%s has \"%s\", expected %s, separated by commas, without spaces"
            .formatted(parameter, entry, expected));
  }

  private static Set<String> addresses(String list) {
    return list == null
        ? Set.of()
        : Arrays.stream(list.split("\\|")).map(Approvers::normal).collect(Collectors.toSet());
  }

  private static String normal(String address) {
    return address.strip().toLowerCase(Locale.ROOT);
  }

  boolean include(String userId) {
    return addressesOf.containsKey(userId);
  }

  /** Whether this person may approve that author's version: unknown on either side is a no. */
  boolean mayApprove(String userId, String author) {
    Set<String> own = addressesOf.getOrDefault(userId, Set.of());
    return authorMayApprove
        || author != null
            && authors.contains(normal(author))
            && !own.isEmpty()
            && !own.contains(normal(author));
  }

  /** Why nobody at all may approve that author's version; empty if somebody may. */
  public Optional<String> problem(String author) {
    if (addressesOf.isEmpty()) {
      return Optional.of("SlackApprovers is empty");
    }
    return addressesOf.keySet().stream().anyMatch(id -> mayApprove(id, author))
        ? Optional.empty()
        : Optional.of(
            "nobody in SlackApprovers may approve a version %s. With AuthorMayApprove=false its author"
                    .formatted(author == null ? "without an author" : "by " + author)
                + " must be an e-mail address in SlackApprovers or OtherAuthors, and that of another"
                + " person than the one who approves");
  }
}
