package io.crossfade.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.fleet.Service;
import io.crossfade.fleet.Service.Endpoint;
import io.crossfade.fleet.ServiceSample;
import io.crossfade.lock.ReleasedBuild;
import io.crossfade.release.Colour;
import io.crossfade.release.Deployment;
import io.crossfade.release.DeploymentTarget;
import io.crossfade.release.Sample;
import io.crossfade.release.Side;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The release run-1 has moved the traffic from blue, revision 7, to green, revision 8. */
class RevertPolicyTest {
  private static final Deployment PLANNED = Sample.at(-1).withTaskDefinition(null);
  private static final Deployment FINISHED = Sample.at(3);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          scaled in | live  | traffic | green | blue | why not
          yes       | run-1 | green   | 8     | 7    |
          no        | run-1 | green   | 8     | 7    | run-1 was not released, so there is nothing to take back
          no        | run-0 | blue    | 6     | 7    | run-1 was not released, so there is nothing to take back
          yes       | -     | green   | 8     | 7    | the last release of this rule is not run-1 but not known
          yes       | run-2 | green   | 8     | 7    | the last release of this rule is not run-1 but run-2 (image:1)
          yes       | run-2 | blue    | 8     | 9    | the last release of this rule is not run-1 but run-2 (image:1)
          yes       | run-1 | blue    | 8     | 7    | run-1 has moved the traffic of site from backend-blue (BLUE) to backend-green (GREEN), but now backend-blue (BLUE) has it and backend-green (GREEN) is parked in site
          yes       | run-1 | green   | 9     | 7    | backend-green runs backend:9, and not backend:8, which run-1 released
          yes       | run-1 | green   | 8     | 9    | backend-blue is parked on backend:9, and not on backend:7, which run-1 replaced
          yes       | run-1 | green   | 9     | 9    | backend-green runs backend:9, and not backend:8, which run-1 released; backend-blue is parked on backend:9, and not on backend:7, which run-1 replaced
          """,
      useHeadersInDisplayName = true)
  void onlyWhatIsAsTheReleaseHasLeftItIsTakenBack(
      String scaledIn, String live, String traffic, int green, int blue, String whyNot) {
    List<String> problems =
        RevertPolicy.problems(
            PLANNED,
            scaledIn.equals("yes") ? FINISHED : null,
            live == null ? null : new ReleasedBuild(live, "image:1", null, null, null),
            hasTraffic(Colour.valueOf(traffic.toUpperCase(Locale.ROOT)), "site"),
            Map.of(
                "backend-blue", service("backend-blue", blue, Sample.BLUE),
                "backend-green", service("backend-green", green, Sample.GREEN)));
    assertThat(told(problems)).isEqualTo(whyNot == null ? "" : whyNot);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          site  | targetgroup/other | now backend-green (targetgroup/other) has it
          other | GREEN             | is parked in other
          """)
  void anotherTargetGroupOrAnotherClusterIsNotTheSame(String cluster, String group, String part) {
    String arn = group.equals("GREEN") ? Sample.GREEN : "arn:aws:elb:" + group;
    DeploymentTarget target =
        new DeploymentTarget(
            cluster,
            new Side(Colour.GREEN, "backend-green", arn),
            new Side(Colour.BLUE, "backend-blue", Sample.BLUE));
    ReleasedBuild live = new ReleasedBuild("run-1", "image:1", null, null, null);
    assertThat(RevertPolicy.problems(PLANNED, FINISHED, live, target, Map.of()))
        .singleElement()
        .asString()
        .contains(part);
  }

  private static DeploymentTarget hasTraffic(Colour colour, String cluster) {
    Side blue = new Side(Colour.BLUE, "backend-blue", Sample.BLUE);
    Side green = new Side(Colour.GREEN, "backend-green", Sample.GREEN);
    return colour == Colour.BLUE
        ? new DeploymentTarget(cluster, blue, green)
        : new DeploymentTarget(cluster, green, blue);
  }

  private static Service service(String name, int revision, String group) {
    String definition = Sample.OLD.replaceFirst("7$", String.valueOf(revision));
    return ServiceSample.service(name, definition, 2, 2, List.of(new Endpoint(group, "app")));
  }

  /** Without what every ARN has in common. */
  private static String told(List<String> problems) {
    return String.join("; ", problems)
        .replace(Sample.OLD.replaceFirst("backend:7$", ""), "")
        .replace(Side.dimensionOf(Sample.BLUE), "BLUE")
        .replace(Side.dimensionOf(Sample.GREEN), "GREEN");
  }
}
