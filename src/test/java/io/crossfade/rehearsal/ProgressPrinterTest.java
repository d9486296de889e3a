package io.crossfade.rehearsal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressPrinterTest {
  private static final String ERASE = "\r\u001b[2K";

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void messagesHaveTheClockOfTheProgress() {
    ProgressPrinter printer = printer(new Terminal(false, false, true, 80));
    printer.say("Booting");
    printer.startClock(() -> Duration.ofSeconds(754));
    printer.show(progress(754));
    printer.say("ann clicked: approved");
    printer.stopClock();
    printer.say("rehearsal: scenario=happy");

    assertThat(lines())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("Booting"),
            line -> assertThat(line).startsWith(" 12:34  Bake "),
            line -> assertThat(line).isEqualTo(" 12:34  ann clicked: approved"),
            line -> assertThat(line).isEqualTo("rehearsal: scenario=happy"));
  }

  @Test
  void whoListensIsToldWhatIsSaidAndNoProgress() {
    ProgressPrinter printer = printer(new Terminal(false, false, true, 80));
    List<String> said = new ArrayList<>();
    printer.onSaid(said::add);
    printer.startClock(() -> Duration.ofSeconds(754));
    printer.show(progress(754));
    printer.say("ann clicked: approved");
    assertThat(said).containsExactly("ann clicked: approved");
  }

  @Test
  void lineIsCutAtTheTerminalsWidth() {
    ProgressPrinter printer = printer(new Terminal(true, false, true, 20));
    printer.show(progress(1));
    printer.show(progress(2));
    assertThat(printed.toString(UTF_8)).endsWith(ERASE + "  0:02  Bake       ");
  }

  @Test
  void closingEndsTheOpenLineAndPrintsNothingAfterwards() {
    ProgressPrinter printer = printer(new Terminal(true, false, true, 20));
    printer.show(progress(1));
    printer.show(progress(2));
    printer.close();
    printer.show(progress(3));
    printer.say("too late");
    assertThat(printed.toString(UTF_8)).endsWith("  0:02  Bake       " + System.lineSeparator());
  }

  @Test
  void nothingIsRenewedUnderWhatSomebodyTypes() {
    ProgressPrinter printer = printer(new Terminal(true, false, true, 20));
    printer.show(progress(1));
    printer.typing(true);
    String before = printed.toString(UTF_8);
    printer.show(progress(2));
    assertThat(printed.toString(UTF_8)).isEqualTo(before);
    printer.typing(false);
    printer.show(progress(3));
    assertThat(printed.toString(UTF_8)).contains("0:03");
  }

  @Test
  void aLogGetsNoLineThatSaysNothingNew() {
    ProgressPrinter printer = printer(new Terminal(false, false, true, 80));
    for (int second = 0; second <= 11; second++) {
      printer.show(progress(second));
    }
    assertThat(lines()).extracting(line -> line.substring(0, 6)).containsExactly("  0:00");
  }

  private ProgressPrinter printer(Terminal terminal) {
    return new ProgressPrinter(new PrintStream(printed, true, UTF_8), terminal);
  }

  private java.util.List<String> lines() {
    return printed.toString(UTF_8).lines().toList();
  }

  private static ReleaseProgress progress(int seconds) {
    return new ReleaseProgress(
        "Bake",
        "blue",
        ColourWeights.giving("green", 25),
        Map.of("backend-1", VersionCount.NONE),
        Duration.ofSeconds(seconds));
  }
}
