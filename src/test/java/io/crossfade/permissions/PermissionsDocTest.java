package io.crossfade.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermissionsDocTest {
  @Test
  void thePageIsWhatTheTemplateSays() throws IOException {
    if (UsedRecord.RENEWING) {
      PermissionsDoc.write();
    }
    assertThat(Files.readString(PermissionsDoc.FILE))
        .as(
            "`mvn test -Dtest=PermissionsDocTest -Dpermissions.record=true` writes %s anew",
            PermissionsDoc.FILE)
        .isEqualTo(PermissionsDoc.text(Argued.read()));
  }

  @ParameterizedTest
  @CsvSource({
    "StoreSnapshot, store snapshot",
    "Fleet, fleet",
    "TellWhatIsMissing, tell what is missing"
  })
  void aStatementIsNamedInWords(String sid, String words) {
    assertThat(PermissionsDoc.words(sid)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "*, *",
    "arn:aws:s3:::bucket/locks/*, bucket/locks/*",
    "arn:aws:ecs:eu-central-1:123456789012:service/CLUSTER/*, service/CLUSTER/*",
    "arn:aws:states:eu-central-1:123456789012:execution:machine:*, execution:machine:*",
  })
  void aResourceIsShownWithoutWhatAllHaveInCommon(String arn, String shown) {
    assertThat(PermissionsDoc.resource(arn)).isEqualTo(shown);
  }

  @Test
  void whatIsArguedForStandsAtTheEnd() {
    Argued argued =
        new Argued(
            List.of(new Argued.Unused("PlanFunction", "ReadFleet", "ecs:StopTask", "For later.")),
            List.of(new Argued.EveryResource("ecs:StopTask", "For all.")));
    assertThat(PermissionsDoc.text(argued))
        .contains("- `ecs:StopTask`: For all.\n")
        .endsWith("- `PlanFunction ReadFleet ecs:StopTask`: For later.\n");
  }
}
