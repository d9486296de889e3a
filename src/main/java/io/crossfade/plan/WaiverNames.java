package io.crossfade.plan;

import io.crossfade.release.Waiver;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The checks of {@link Waiver} as the input spells them: {@code alarm-already-firing}. */
final class WaiverNames {
  static final List<String> ALL =
      Arrays.stream(Waiver.Check.values()).map(WaiverNames::of).toList();

  private WaiverNames() {}

  static String of(Waiver.Check check) {
    return check.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static List<Waiver.Check> read(List<String> names) {
    return Arrays.stream(Waiver.Check.values()).filter(c -> names.contains(of(c))).toList();
  }
}
