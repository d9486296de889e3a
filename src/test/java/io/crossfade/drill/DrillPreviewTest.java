package io.crossfade.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.crossfade.cost.Price;
import io.crossfade.drill.DrillTarget.TaskSize;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrillPreviewTest {
  private static final DrillTarget TARGET =
      new DrillTarget(
          "123456789012",
          "eu-central-1",
          "arn:aws:states:eu-central-1:123456789012:stateMachine:crossfade-release",
          "crossfade-state",
          "booking",
          "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener-rule/app/site/1/2/3",
          "backend-blue",
          "backend-green",
          "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/green/4",
          2,
          new TaskSize(0.5, 1),
          "registry.example/backend@sha256:1",
          Optional.of("green-5xx"),
          List.of("arn:aws:sns:eu-central-1:123456789012:pages"),
          "C0123",
          "U01ADA");

  private static DrillOptions options(String scenario) {
    Properties properties = new Properties();
    properties.setProperty("stack", "crossfade");
    properties.setProperty("scenario", scenario);
    return DrillOptions.from(properties);
  }

  @Test
  void everythingThatIsTouchedIsNamed() {
    assertThat(String.join("\n", DrillPreview.lines(options("alarm"), TARGET, Price.list())))
        .contains(
            "Account 123456789012, region eu-central-1.",
            "registry.example/backend@sha256:1",
            "the alarm green-5xx at 50 %",
            TARGET.ruleArn() + ": up to 50 % for backend-green",
            "service backend-green in cluster booking: gets a new task definition and 2 tasks",
            "the scaling of backend-blue and backend-green",
            "it calls arn:aws:sns:eu-central-1:123456789012:pages",
            "For about 18 minutes two sets of tasks run: 2 more of 0.5 vCPU and 1 GB, about 0.02 USD");
  }

  @ParameterizedTest
  @CsvSource({"alarm, 18", "stop, 15", "reject, 33"})
  void itTakesItsBakesAndInRejectTheQuestion(String scenario, int minutes) {
    assertThat(DrillPreview.minutes(options(scenario))).isEqualTo(minutes);
  }

  @Test
  void theSecondSetOfTasksIsWhatItCosts() {
    // 2 tasks for half an hour: 0.5 vCPU-hours at 0.04656 and 1 GB-hour at 0.00511.
    assertThat(DrillPreview.usd(TARGET, 30, Price.list())).isCloseTo(0.02839, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          registry.example:5000/backend:1,     sha256:9, registry.example:5000/backend@sha256:9
          registry.example:5000/backend,       sha256:9, registry.example:5000/backend@sha256:9
          registry.example/backend@sha256:1,   sha256:9, registry.example/backend@sha256:1
          registry.example/backend:1,                  , registry.example/backend:1
          """)
  void theImageIsTakenByTheDigestThatRuns(String image, String digest, String taken) {
    assertThat(TargetFinder.byDigest(image, Optional.ofNullable(digest))).isEqualTo(taken);
  }
}
