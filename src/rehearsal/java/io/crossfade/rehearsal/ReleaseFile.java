package io.crossfade.rehearsal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.plan.ReleaseDefaults;
import io.crossfade.plan.ReleaseParser;
import io.crossfade.plan.ValidationError;
import io.crossfade.release.Arn;
import io.crossfade.release.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The content of an {@code imageDetail.json} that can be rehearsed.
 *
 * @param content as it is in the file
 * @param release what the functions read in it
 */
record ReleaseFile(ObjectNode content, Release release) {
  private static final String NEW_IMAGE = "registry.example/backend@sha256:" + "2".repeat(64);

  /** The sample site's own; no rule's yet, as that is made later. */
  private static final String SOME_RULE =
      "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener-rule/app/site/1/2/3";

  private static final String CLUSTER = "site";

  /** What Step Functions takes as the input of an execution. */
  private static final int MAX_BYTES = 262_144;

  /** Shorter than on AWS, where metrics are late: what a step of the local stack bakes. */
  static final int BAKE_SECONDS = 120;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();

  /** The release of the sample's backend. */
  static ReleaseFile sample(Options options) {
    ObjectNode content =
        JSON.createObjectNode()
            .put("imageUri", NEW_IMAGE)
            .put("BASE_SERVICE_NAME", "backend")
            .put("rule_arn", SOME_RULE)
            .put("commit", "2f1d3c4")
            .put("author", "you");
    if (options.scenario() == Scenario.CHECK_FAILS) {
      content.put("test_rule_arn", SOME_RULE.replace("/1/2/3", "/1/2/4"));
      ObjectNode smoke = content.putArray("checks").addObject().put("name", "smoke");
      smoke.putObject("http").put("path", "/api/restaurants").put("times", 10);
    }
    if (options.scenario() == Scenario.WORSE) {
      content.put("minRequests", ScenarioCheck.REQUESTS_TO_COMPARE);
    }
    if (options.answering() == ApprovalMode.IGNORE) {
      content.putObject("approval").put("timeoutSeconds", 300);
    }
    return new ReleaseFile(content, parsed(content));
  }

  /**
   * The user's own, or else the sample's.
   *
   * @throws RefusedRelease if it is no release, or none that the scenario can happen to
   */
  static ReleaseFile of(Options options) throws IOException {
    if (options.imageDetail().isEmpty()) {
      return sample(options);
    }
    ReleaseFile file = read(options.imageDetail().get());
    List<String> problems = ScenarioCheck.problems(file.release(), options);
    if (!problems.isEmpty()) {
      throw new RefusedRelease(problems);
    }
    return file;
  }

  static ReleaseFile read(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new RefusedRelease(
          List.of(
              "found a file of %d bytes, expected at most the %d of an execution's input"
                  .formatted(Files.size(file), MAX_BYTES)));
    }
    return of(object(Files.readAllBytes(file)));
  }

  static ReleaseFile of(ObjectNode content) {
    if (content.has("bucket") && content.has("key")) {
      throw new RefusedRelease(
          List.of("found where a release is stored, expected the release itself"));
    }
    return new ReleaseFile(content, parsed(content));
  }

  private static ObjectNode object(byte[] bytes) throws IOException {
    try {
      JsonNode content = JSON.readTree(bytes);
      if (content instanceof ObjectNode object) {
        return object;
      }
      throw new RefusedRelease(
          List.of("found %s, expected a JSON object".formatted(kind(content))));
    } catch (JsonProcessingException notJson) {
      throw new RefusedRelease(List.of("not JSON: " + where(notJson)));
    }
  }

  private static String kind(JsonNode content) {
    return content.isMissingNode() ? "nothing" : content.getNodeType().name().toLowerCase();
  }

  private static String where(JsonProcessingException notJson) {
    return notJson.getLocation() == null
        ? notJson.getOriginalMessage()
        : "%s (line %d, column %d)"
            .formatted(
                notJson.getOriginalMessage(),
                notJson.getLocation().getLineNr(),
                notJson.getLocation().getColumnNr());
  }

  private static Release parsed(ObjectNode content) {
    Map<String, Object> input = JSON.convertValue(content, new TypeReference<>() {});
    ReleaseParser.Result result = ReleaseParser.parse(input, defaults(content));
    if (result instanceof ReleaseParser.Invalid invalid) {
      throw new RefusedRelease(invalid.errors().stream().map(ValidationError::sentence).toList());
    }
    if (result instanceof ReleaseParser.Valid valid) {
      return valid.release();
    }
    throw new RefusedRelease(
        List.of("found a release to take back, expected one; -Dscenario=revert takes it back"));
  }

  /** The local stack is deployed for whatever cluster and beside whatever rule the file names. */
  private static ReleaseDefaults defaults(ObjectNode content) {
    String named = content.path("rule_arn").asText();
    String rule = Arn.isOne(named) ? named : SOME_RULE;
    return new ReleaseDefaults(
        content.hasNonNull("cluster") ? "" : CLUSTER, BAKE_SECONDS, Arn.place(rule), true, true);
  }
}
