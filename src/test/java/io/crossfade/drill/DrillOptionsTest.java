package io.crossfade.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrillOptionsTest {
  private static Properties given(String... pairs) {
    Properties properties = new Properties();
    properties.setProperty("stack", "crossfade");
    for (int i = 0; i < pairs.length; i += 2) {
      properties.setProperty(pairs[i], pairs[i + 1]);
    }
    return properties;
  }

  @Test
  void whatIsAbsentHasItsDefault() {
    DrillOptions options = DrillOptions.from(given());
    assertThat(options.scenario()).isEqualTo(DrillScenario.ALARM);
    assertThat(options.site()).isEqualTo("booking-site");
    assertThat(options.service()).isEqualTo("backend");
    assertThat(options.rule()).isEmpty();
    assertThat(options.alarm()).isEmpty();
    assertThat(options.image()).isEmpty();
    assertThat(options.bakeSeconds()).isEqualTo(180);
    assertThat(options.timeoutSeconds()).isEqualTo(900);
    assertThat(options.yes()).isFalse();
  }

  @Test
  void aBareYesIsYes() {
    assertThat(DrillOptions.from(given("yes", "true")).yes()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          scenario | stopp | -Dscenario: expected one of alarm, reject, stop, found 'stopp' (did you mean stop?)
          stack    | ' '   | -Dstack: expected the releasing stack's name, found nothing
          bake     | 59    | -Dbake: expected a whole number from 60 to 3600, found '59'
          bake     | 3601  | -Dbake: expected a whole number from 60 to 3600, found '3601'
          timeout  | ten   | -Dtimeout: expected a whole number from 60 to 3600, found 'ten'
          yes      | no    | -Dyes: expected true or false, found 'no'
          stak     | x     | -Dstak: no such option (did you mean -Dstack?)
          """)
  void whatIsWrongIsRefusedByName(String name, String value, String problem) {
    DrillRefused refused =
        catchThrowableOfType(DrillRefused.class, () -> DrillOptions.from(given(name, value)));
    assertThat(refused.problems()).containsExactly(problem);
  }

  @Test
  void everyProblemIsTold() {
    assertThat(
            catchThrowableOfType(
                    DrillRefused.class,
                    () -> DrillOptions.from(given("bake", "1", "scenario", "stop", "alarm", "a")))
                .problems())
        .containsExactly(
            "-Dbake: expected a whole number from 60 to 3600, found '1'",
            "-Dalarm: only -Dscenario=alarm sets one");
  }

  @Test
  void documentHasEveryOptionAndScenario() throws IOException {
    assertThat(Files.readString(Path.of("docs/drill.md")))
        .contains(DrillOptions.NAMES.stream().map("| `-D"::concat).toArray(String[]::new))
        .contains(DrillScenario.labels().replaceAll("\\w+", "| `$0` |").split(", "));
  }

  @Test
  void readsWhatItsHelpTells() {
    Set<String> read = new TreeSet<>(Set.of("help"));
    DrillOptions.from(
        new Properties() {
          @Override
          public String getProperty(String name) {
            read.add(name);
            return name.equals("stack") ? "crossfade" : null;
          }
        });
    assertThat(read).containsExactlyInAnyOrderElementsOf(DrillOptions.NAMES);
  }

  @Test
  void helpNamesEveryOption() {
    assertThat(DrillOptions.help())
        .contains(DrillOptions.NAMES.stream().map("  -D"::concat).toArray(String[]::new));
  }
}
