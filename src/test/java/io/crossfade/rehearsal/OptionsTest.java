package io.crossfade.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
  @TempDir Path directory;

  @Test
  void absentAndBlankOptionsHaveTheirDefaults() {
    assertThat(options("scenario", " ", "users", ""))
        .isEqualTo(
            new Options(
                Scenario.HAPPY, 150, 10, java.util.Optional.empty(), ApprovalMode.APPROVE, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          scenario    | alarms  | -Dscenario: expected one of happy, unhealthy, check-fails, alarm, worse, hang, reject, expire, drift, autoscaler, blip, flap, abort, lock, pause, promote, rollback, freeze, revert, found 'alarms' (did you mean alarm?)
          scenario    | HAPPY!! | -Dscenario: expected one of happy, unhealthy, check-fails, alarm, worse, hang, reject, expire, drift, autoscaler, blip, flap, abort, lock, pause, promote, rollback, freeze, revert, found 'HAPPY!!' (did you mean happy?)
          scenario    | 7       | -Dscenario: expected one of happy, unhealthy, check-fails, alarm, worse, hang, reject, expire, drift, autoscaler, blip, flap, abort, lock, pause, promote, rollback, freeze, revert, found '7'
          users       | 0       | -Dusers: expected a whole number from 1 to 1000, found '0'
          users       | 1.5     | -Dusers: expected a whole number from 1 to 1000, found '1.5'
          users       | many    | -Dusers: expected a whole number from 1 to 1000, found 'many'
          speed       | 201     | -Dspeed: expected a number from 0.5 to 200, found '201'
          speed       | NaN     | -Dspeed: expected a number from 0.5 to 200, found 'NaN'
          approval    | aprove  | -Dapproval: expected one of ask, approve, reject, ignore, found 'aprove' (did you mean approve?)
          imageDetail | no.json | -DimageDetail: expected a file that can be read, found 'no.json'
          stay        | yes     | -Dstay: expected true or false, found 'yes'
          """)
  void wrongValueIsNamed(String option, String value, String problem) {
    assertThatThrownBy(() -> options(option, value))
        .isInstanceOfSatisfying(
            InvalidOptions.class, wrong -> assertThat(wrong.problems()).containsExactly(problem));
  }

  @Test
  void everyProblemIsToldAtOnce() {
    assertThatThrownBy(() -> options("users", "0", "speed", "0"))
        .isInstanceOfSatisfying(
            InvalidOptions.class, wrong -> assertThat(wrong.problems()).hasSize(2));
  }

  @Test
  void fileIsRelativeToWhereTheUserStands() throws IOException {
    Path file = Files.writeString(directory.resolve("my.json"), "{}");
    assertThat(options("imageDetail", "my.json").imageDetail()).contains(file);
  }

  @Test
  void bareSwitchIsOn() {
    assertThat(options("stay", "true").stay()).isTrue();
  }

  @Test
  void readsWhatItsHelpTells() {
    Set<String> read = new TreeSet<>(Set.of("help"));
    Properties recording =
        new Properties() {
          @Override
          public String getProperty(String name) {
            read.add(name);
            return null;
          }
        };
    Options.from(recording, false, directory);
    assertThat(read).containsExactlyInAnyOrderElementsOf(Options.NAMES);
  }

  private Options options(String... namesAndValues) {
    Properties properties = new Properties();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      properties.setProperty(namesAndValues[i], namesAndValues[i + 1]);
    }
    return Options.from(properties, false, directory);
  }
}
