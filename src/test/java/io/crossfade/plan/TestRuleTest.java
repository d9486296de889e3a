package io.crossfade.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.release.Sample;
import io.crossfade.traffic.ListenerRule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestRuleTest {
  private static final String OTHER = Sample.BLUE.replace("backend-blue", "kitchen-blue");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          groups                        | sticky | problem
          blue 1                        | 0      | none
          blue 1, green 0               | 0      | none
          blue 100, green 0             | 0      | none
          green 0, blue 7, other 0      | 0      | none
          green 1                       | 0      | before a release all of it must go to
          blue 0, green 100             | 0      | before a release all of it must go to
          blue 50, green 50             | 0      | before a release all of it must go to
          blue 0, green 0               | 0      | before a release all of it must go to
          other 1                       | 0      | before a release all of it must go to
          blue 1, other 1               | 0      | before a release all of it must go to
          blue 1, a 0, b 0, c 0, d 0    | 0      | holds 5 target groups already, there is no room for
          blue 1, green 0               | 60     | holds its visitors on a target group for 60 s
          """,
      useHeadersInDisplayName = true)
  void allOfItMustGoToTheStableGroupAndNobodyIsHeldThere(
      String groups, int sticky, String problem) {
    Optional<String> found = TestRule.problem(forward(groups, sticky), Sample.target());
    assertThat(found.orElse("none")).contains(problem);
  }

  @Test
  void aRuleThatAnswersByItselfCannotBeLed() {
    ListenerRule fixed =
        new ListenerRule(Sample.TEST_RULE, false, List.of(Map.of("Type", "fixed-response")));
    assertThat(TestRule.problem(fixed, Sample.target()))
        .contains("the test rule does not forward: it redirects or answers by itself");
  }

  private static ListenerRule forward(String groups, int sticky) {
    List<Map<String, Object>> tuples =
        Arrays.stream(groups.split(", "))
            .map(group -> group.split(" "))
            .map(
                group ->
                    Map.<String, Object>of(
                        "TargetGroupArn", arn(group[0]), "Weight", Integer.parseInt(group[1])))
            .toList();
    Map<String, Object> action =
        Map.of(
            "Type",
            "forward",
            "ForwardConfig",
            Map.of(
                "TargetGroups",
                tuples,
                "TargetGroupStickinessConfig",
                Map.of("Enabled", sticky > 0, "DurationSeconds", sticky)));
    return new ListenerRule(Sample.TEST_RULE, false, List.of(action));
  }

  private static String arn(String name) {
    return switch (name) {
      case "blue" -> Sample.BLUE;
      case "green" -> Sample.GREEN;
      case "other" -> OTHER;
      default -> name;
    };
  }
}
