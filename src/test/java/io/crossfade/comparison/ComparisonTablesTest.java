package io.crossfade.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.comparison.SimulatedRelease.Failures;
import io.crossfade.infrastructure.WrittenPart;
import io.crossfade.release.Comparison.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Simulates releases with the policy itself and holds the tables in {@code docs/comparison.md} to
 * what comes of it. {@code mvn test -Dtest=ComparisonTablesTest -Ddocs=write} writes them anew.
 */
class ComparisonTablesTest {
  private static final Path DOCUMENT = Path.of("docs", "comparison.md");
  private static final String BEGIN = "<!-- written by ComparisonTablesTest -->\n";
  private static final String END = "<!-- end -->\n";
  private static final int GOOD_RELEASES = 10_000;
  private static final int BAD_RELEASES = 1_000;

  /**
   * The stack's own bakes, those of the sample, and those with a number of requests to wait for.
   */
  private static final Steps LONG = new Steps(300, 0);

  private static final Steps SHORT = new Steps(120, 0);
  private static final Steps WAITING = new Steps(120, 300);

  private static final List<Double> SHARES = List.of(0.01, 0.02, 0.03, 0.05, 0.1, 0.2);
  private static final List<Failures> GOOD =
      List.of(
          new Failures(0, 0, false),
          new Failures(0.005, 0, false),
          new Failures(0.02, 0, false),
          new Failures(0, 0, true),
          new Failures(0.005, 0, true),
          new Failures(0.02, 0, true));

  private record Steps(int bakeSeconds, int minRequests) {}

  /**
   * How many of so many releases were turned back at or before each step, and of how many too
   * little was seen to the end.
   */
  private record Tally(int[] turnedBack, int tooFew) {
    private int all() {
      return turnedBack[turnedBack.length - 1];
    }
  }

  private static Tally simulate(int releases, Steps steps, Failures failures) {
    int[] turnedBack = new int[SimulatedRelease.WEIGHTS.size()];
    int tooFew = 0;
    for (int seed = 0; seed < releases; seed++) {
      SimulatedRelease release =
          new SimulatedRelease(
              new SplittableRandom(seed), steps.bakeSeconds(), steps.minRequests(), failures);
      OptionalInt step = release.turnedBackAt();
      for (int i = step.orElse(turnedBack.length); i < turnedBack.length; i++) {
        turnedBack[i]++;
      }
      tooFew += release.last().verdict() == Verdict.TOO_FEW ? 1 : 0;
    }
    return new Tally(turnedBack, tooFew);
  }

  private static String percent(double share) {
    String exact = String.format(Locale.ROOT, "%.1f", share * 100);
    return exact.replace(".0", "") + " %";
  }

  private static String goodReleases() {
    StringBuilder table =
        new StringBuilder(
            "| both versions fail | bakes of 300 s | bakes of 120 s | and `minRequests` 300 |\n|---|---|---|---|\n");
    for (Failures failures : GOOD) {
      table.append(
          "| %s%s |"
              .formatted(
                  percent(failures.both()),
                  failures.bursts() ? ", and 30 % more in a tenth of the minutes" : ""));
      for (Steps steps : List.of(LONG, SHORT, WAITING)) {
        int turnedBack = simulate(GOOD_RELEASES, steps, failures).all();
        assertThat(turnedBack)
            .as("good releases that were turned back, %s, %s", failures, steps)
            .isLessThanOrEqualTo(GOOD_RELEASES / 1000);
        table.append(" %d |".formatted(turnedBack));
      }
      table.append("\n");
    }
    return table.toString();
  }

  private static String badReleases(Steps steps, double both) {
    StringBuilder table =
        new StringBuilder(
            "| the new version fails | at 25 % | by 50 % | by 75 % | by 100 % | too few to say |\n|---|---|---|---|---|---|\n");
    for (double share : SHARES) {
      Tally tally = simulate(BAD_RELEASES, steps, new Failures(both, share, false));
      table.append("| %s%s |".formatted(percent(share), both > 0 ? " more" : ""));
      for (int turnedBack : tally.turnedBack()) {
        table.append(" %s |".formatted(percent(turnedBack / (double) BAD_RELEASES)));
      }
      table.append(" %s |\n".formatted(percent(tally.tooFew() / (double) BAD_RELEASES)));
    }
    return table.toString();
  }

  private static String tables() {
    return """
        Of %,d good releases, so many were turned back:

        %s
        Of %,d bad releases each, so many were turned back. With bakes of 300 s, where the old version fails nothing:

        %s
        With bakes of 300 s, where the old version fails 0.5 %%:

        %s
        With bakes of 120 s, where the old version fails nothing:

        %s
        With bakes of 120 s and `minRequests` 300, where the old version fails nothing:

        %s"""
        .formatted(
            GOOD_RELEASES,
            goodReleases(),
            BAD_RELEASES,
            badReleases(LONG, 0),
            badReleases(LONG, 0.005),
            badReleases(SHORT, 0),
            badReleases(WAITING, 0));
  }

  @Test
  void theDocumentHasTheTables() throws IOException {
    new WrittenPart(DOCUMENT, BEGIN, END).holds(tables(), getClass());
  }
}
