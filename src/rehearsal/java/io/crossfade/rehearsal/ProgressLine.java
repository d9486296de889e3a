package io.crossfade.rehearsal;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Draws the progress in one line. Pure.
 *
 * @param unicode whether the terminal can show block characters
 * @param coloured whether it understands ANSI colours
 */
public record ProgressLine(boolean unicode, boolean coloured) {
  private static final int CELLS = 10;

  public String render(ReleaseProgress progress) {
    return "%s  %-22s  %s   %s"
        .formatted(
            elapsed(progress.elapsed()),
            progress.state(),
            weights(progress),
            versions(progress.versions()))
        .stripTrailing();
  }

  static String elapsed(Duration elapsed) {
    return "%3d:%02d".formatted(elapsed.toMinutes(), elapsed.toSecondsPart());
  }

  private String weights(ReleaseProgress progress) {
    String stable = progress.stableColour();
    String fresh = progress.newColour();
    int share = progress.weights().of(stable);
    return "stable %s %s %s %3d %% | %3d %%"
        .formatted(
            padded(stable, "%5s"), bar(progress, share), padded(fresh, "%-5s"), share, 100 - share);
  }

  private String padded(String colour, String format) {
    return painted(colour, format.formatted(colour));
  }

  private String bar(ReleaseProgress progress, int share) {
    int cells = cells(share);
    return painted(progress.stableColour(), (unicode ? "█" : "#").repeat(cells))
        + painted(progress.newColour(), (unicode ? "░" : ".").repeat(CELLS - cells));
  }

  /** A share above nothing and below everything is never drawn as nothing or everything. */
  private static int cells(int share) {
    int cells = Math.round(share * CELLS / 100f);
    return share == 0 || share == 100 ? cells : Math.max(1, Math.min(CELLS - 1, cells));
  }

  private String versions(Map<String, VersionCount> versions) {
    return versions.entrySet().stream()
        .map(version -> version(version.getKey(), version.getValue()))
        .collect(Collectors.joining("   "));
  }

  private String version(String name, VersionCount count) {
    String requests = String.format(Locale.ROOT, "%s %,d", name, count.requests());
    return count.failed() == 0
        ? requests
        : requests + painted("red", String.format(Locale.ROOT, " (%,d failed)", count.failed()));
  }

  private String painted(String colour, String text) {
    if (!coloured || text.isEmpty()) {
      return text;
    }
    String code =
        switch (colour) {
          case ColourWeights.BLUE -> "34";
          case ColourWeights.GREEN -> "32";
          default -> "31";
        };
    return "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
