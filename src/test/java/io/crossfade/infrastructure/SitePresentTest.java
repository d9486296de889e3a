package io.crossfade.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What releases have made of the site, read from a stand-in for the {@code aws} command. */
class SitePresentTest {
  private static final String REVISION = "arn:aws:ecs:eu-central-1:123456789012:task-definition/";
  private static final String AWS =
      """
      #!/usr/bin/env bash
      case "$*" in
        *"describe-stacks"*"'Cluster'"*) echo booking ;;
        *"describe-stacks"*RuleArn*) [[ $* == *FrontendRuleArn* ]] && echo frontend-rule || echo backend-rule ;;
        *"describe-stack-resource"*) [[ $* =~ (Frontend|Backend)(Blue|Green) ]] && echo "tg-${BASH_REMATCH[0]}" ;;
        *"describe-rules"*frontend-rule*) echo "$FRONTEND_RECEIVING" ;;
        *"describe-rules"*backend-rule*) echo "$BACKEND_RECEIVING" ;;
        *"describe-services"*)
          [[ $* =~ (frontend|backend)-(blue|green) ]]
          printf '%s\\t%s\\n' "${DEPLOYMENTS:-1}" "arn:aws:ecs:eu-central-1:123456789012:task-definition/booking-${BASH_REMATCH[0]}:7" ;;
        *) echo "unexpected: $*" >&2; exit 252 ;;
      esac
      """;

  @TempDir Path folder;
  private final Map<String, String> environment = new LinkedHashMap<>();

  @BeforeAll
  static void needsBash() {
    Tool.requireShell("site-present.sh");
  }

  @BeforeEach
  void standIn() throws IOException {
    Tool.standIn(folder.resolve("aws"), AWS);
    environment.put("PATH", folder + ":" + System.getenv("PATH"));
    environment.put("FRONTEND_RECEIVING", "tg-FrontendBlue");
    environment.put("BACKEND_RECEIVING", "tg-BackendGreen");
  }

  @Test
  void printsParametersOfTheSite() throws IOException {
    Tool.Run run = present();
    assertThat(run.exit()).as(run.output()).isZero();
    List<String> parameters = new ArrayList<>();
    for (JsonNode parameter : new ObjectMapper().readTree(run.output())) {
      parameters.add(parameter.asText());
    }
    assertThat(parameters)
        .containsExactly(
            "Counts=as-they-are",
            "FrontendLive=blue",
            "FrontendBlueRevision=" + REVISION + "booking-frontend-blue:7",
            "FrontendGreenRevision=" + REVISION + "booking-frontend-green:7",
            "BackendLive=green",
            "BackendBlueRevision=" + REVISION + "booking-backend-blue:7",
            "BackendGreenRevision=" + REVISION + "booking-backend-green:7");
    StackTemplate site = StackTemplate.load("infrastructure/site.yaml");
    for (String parameter : parameters) {
      String[] pair = parameter.split("=", 2);
      Map<String, Object> declared = site.parameter(pair[0]);
      assertThat(declared).as(pair[0]).isNotEmpty();
      if (declared.get("AllowedValues") instanceof List<?> allowed) {
        assertThat(allowed).anyMatch(value -> value.equals(pair[1]));
      } else {
        assertThat(pair[1]).matches(String.valueOf(declared.get("AllowedPattern")));
      }
    }
  }

  @Test
  void dividedRuleStopsIt() {
    environment.put("BACKEND_RECEIVING", "tg-BackendBlue\ttg-BackendGreen");
    assertStops("the rule of backend divides its traffic");
  }

  @Test
  void deploymentInProgressStopsIt() {
    environment.put("DEPLOYMENTS", "2");
    assertStops("frontend-blue has 2 deployments in progress");
  }

  @Test
  void failureOfAwsStopsIt() throws IOException {
    Files.writeString(
        folder.resolve("aws"), "#!/usr/bin/env bash\necho AccessDenied >&2\nexit 254\n");
    assertStops("AccessDenied");
  }

  private void assertStops(String sentence) {
    Tool.Run run = present();
    assertThat(run.exit()).isNotZero();
    assertThat(run.output()).contains(sentence).doesNotContain("Counts=");
  }

  private Tool.Run present() {
    return Tool.run(
        List.of("bash", "infrastructure/site-present.sh", "booking-site"),
        environment,
        Path.of(""));
  }
}
