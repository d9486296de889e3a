package io.crossfade.report;

import static java.util.Objects.requireNonNull;

import io.crossfade.release.Colour;
import io.crossfade.release.TimelineEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Everything that is known of a release at its end. It is written as JSON just so, and {@link
 * ReportPage} makes a page of it.
 *
 * @param outcome how it ended, such as {@code Released}
 * @param reason why, in sentences
 * @param ending what the outcome is worth
 * @param title what was released, such as the service's name
 * @param facts what is to be known beside it, in the order in which it is told
 * @param versions what the samples are of, the new version first
 * @param timeline what happened, oldest first
 * @param question Slack's blocks as they were in the end; empty if nobody was asked
 * @param tables what else was measured
 */
public record ReleaseReport(
    String outcome,
    String reason,
    Ending ending,
    String title,
    List<Fact> facts,
    Instant begun,
    Instant ended,
    List<Version> versions,
    List<TimelineEvent> timeline,
    Samples samples,
    List<Map<String, Object>> question,
    Comparison comparison,
    List<Table> tables) {
  public ReleaseReport {
    requireNonNull(outcome);
    reason = reason == null ? "" : reason;
    requireNonNull(ending);
    requireNonNull(title);
    facts = List.copyOf(facts);
    requireNonNull(begun);
    requireNonNull(ended);
    versions = List.copyOf(versions);
    timeline = List.copyOf(timeline);
    requireNonNull(samples);
    question = List.copyOf(question);
    requireNonNull(comparison);
    tables = List.copyOf(tables);
  }

  /** What an outcome is worth. */
  public enum Ending {
    /** GOOD means the new version is live. */
    GOOD,
    /** WARNING means the new version is live, and something is left to look at. */
    WARNING,
    /** UNCHANGED means that all is as it was before. */
    UNCHANGED,
    /** BAD means that a person is needed. */
    BAD
  }

  /** Something to know, in two words and a value. */
  public record Fact(String name, String value) {
    public Fact {
      requireNonNull(name);
      requireNonNull(value);
    }
  }

  /**
   * What answers requests.
   *
   * @param colour null for what is neither blue nor green
   */
  public record Version(String name, Role role, Colour colour) {
    public Version {
      requireNonNull(name);
      requireNonNull(role);
    }
  }

  /** What a version is in a release. */
  public enum Role {
    /** CANARY means the new version. */
    CANARY,
    /** STABLE means the old version. */
    STABLE,
    /** OTHER means another part of the site. */
    OTHER,
    /** BALANCER means that no version answered, but the load balancer itself or nobody. */
    BALANCER
  }

  /**
   * What was before and is after.
   *
   * @param sentence what is to be said of it as a whole
   */
  public record Comparison(String sentence, List<Difference> differences) {
    public Comparison {
      requireNonNull(sentence);
      differences = List.copyOf(differences);
    }
  }

  /** One thing that is not as it was. */
  public record Difference(String what, String before, String after) {
    public Difference {
      requireNonNull(what);
      requireNonNull(before);
      requireNonNull(after);
    }
  }

  /**
   * Further figures under a heading.
   *
   * @param rows numbers stand on the right; as many cells as there are columns
   */
  public record Table(String title, List<String> columns, List<List<Object>> rows) {
    public Table {
      requireNonNull(title);
      columns = List.copyOf(columns);
      rows = rows.stream().map(List::copyOf).toList();
    }

    /** A row for each entry. */
    public static Table of(String title, List<String> columns, Map<String, ?> entries) {
      return new Table(
          title,
          columns,
          entries.entrySet().stream()
              .map(entry -> List.<Object>of(entry.getKey(), entry.getValue()))
              .toList());
    }
  }
}
