package io.crossfade.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.release.ReleaseCheck;
import io.crossfade.release.Sample;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckParserTest {
  private static final ReleaseDefaults DEFAULTS =
      new ReleaseDefaults("site", 120, Sample.PLACE, true, true);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TEST_RULE = Sample.RULE.replace("/3c", "/4d");

  private static ReleaseParser.Result parsed(String checks, boolean tested) {
    try {
      Map<String, Object> input =
          JSON.readValue(
              """
              {"imageUri": "%s", "BASE_SERVICE_NAME": "backend", "rule_arn": "%s", "checks": %s}"""
                  .formatted(Sample.IMAGE, Sample.RULE, checks),
              new TypeReference<>() {});
      if (tested) {
        input.put("test_rule_arn", TEST_RULE);
      }
      return ReleaseParser.parse(input, DEFAULTS);
    } catch (com.fasterxml.jackson.core.JsonProcessingException notJson) {
      throw new IllegalArgumentException(notJson);
    }
  }

  private static List<ReleaseCheck> checks(String checks) {
    return ((ReleaseParser.Valid) parsed(checks, true)).release().checks();
  }

  private static List<String> problems(String checks, boolean tested) {
    return ((ReleaseParser.Invalid) parsed(checks, tested))
        .errors().stream().map(ValidationError::sentence).toList();
  }

  @Test
  void everyKindIsRead() {
    assertThat(
            checks(
                """
                [{"name": "smoke", "http": {"path": "/api/health"}},
                 {"name": "api 2", "deadlineSeconds": 60, "after": 50,
                  "http": {"path": "/api/version?full=1", "method": "POST", "host": "www.example.com", "status": 201, "times": 20, "text": "ok",
                           "json": {"/version": 2, "/a~1b/0": "x", "/good": true}}},
                 {"name": "contract", "lambda": {"function": "contract-check"}},
                 {"name": "far", "lambda": {"function": "arn:aws:lambda:eu-central-1:123456789012:function:far"}},
                 {"name": "migrate", "deadlineSeconds": 1800, "task": {"command": ["bin/migrate", "--all"], "container": "app"}},
                 {"name": "own", "task": {}}]"""))
        .containsExactly(
            new ReleaseCheck("smoke", 300, null, http("/api/health"), null, null),
            new ReleaseCheck(
                "contract", 300, null, null, new ReleaseCheck.Lambda("contract-check"), null),
            new ReleaseCheck("far", 300, null, null, new ReleaseCheck.Lambda("far"), null),
            new ReleaseCheck(
                "migrate",
                1800,
                null,
                null,
                null,
                new ReleaseCheck.Task("app", List.of("bin/migrate", "--all"))),
            new ReleaseCheck("own", 300, null, null, null, new ReleaseCheck.Task(null, List.of())),
            new ReleaseCheck(
                "api 2",
                60,
                50,
                new ReleaseCheck.Http(
                    "/api/version?full=1",
                    "POST",
                    "www.example.com",
                    201,
                    Map.of("/version", "2", "/a~1b/0", "x", "/good", "true"),
                    "ok",
                    20),
                null,
                null));
  }

  private static ReleaseCheck.Http http(String path) {
    return new ReleaseCheck.Http(path, "GET", null, 200, Map.of(), null, 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      maxCharsPerColumn = 10_000,
      textBlock =
          """
          null                    | checks: found null, expected a list of at most 10 checks
          {}                      | checks: found an empty object, expected a list of at most 10 checks
          [1]                     | checks[0]: found 1, expected {"name": "…", "http": {…}}
          [{"task": {}}]          | checks[0].name: found nothing, expected a name of 1 to 50 letters, digits, spaces, dots, - and _
          [{"name": "a\\u202eb", "task": {}}] | checks[0].name: found "a\\u202eb", expected a name of 1 to 50 letters, digits, spaces, dots, - and _
          [{"name": "a"}]         | checks[0]: found "[name]", expected exactly one of http, lambda and task
          [{"name": "a", "task": {}, "lambda": {"function": "f"}}] | checks[0]: found "[name, task, lambda]", expected exactly one of http, lambda and task
          [{"name": "a", "task": {}, "extra": 1}] | checks[0].extra: found an unknown field, expected one of [after, deadlineSeconds, http, lambda, name, task]
          [{"name": "a", "task": {}, "deadlineSeconds": 59}] | checks[0].deadlineSeconds: found 59, expected a whole number from 60 to 1800
          [{"name": "a", "task": {}, "deadlineSeconds": null}] | checks[0].deadlineSeconds: found null, expected a whole number from 60 to 1800
          [{"name": "a", "task": {}, "after": 30}] | checks[0].after: found 30, expected the weight of a step, one of [25, 50, 75, 100]
          [{"name": "a", "task": {}, "after": "25"}] | checks[0].after: found "25", expected the weight of a step, one of [25, 50, 75, 100]
          [{"name": "a", "http": "/"}] | checks[0].http: found "/", expected {"path": "/…"}
          [{"name": "a", "http": {}}] | checks[0].http.path: found nothing, expected a path that begins with one / (at most 500 characters, others encoded by %)
          [{"name": "a", "http": {"path": "//evil.example/"}}] | checks[0].http.path: found "//evil.example/", expected a path that begins with one / (at most 500 characters, others encoded by %)
          [{"name": "a", "http": {"path": "https://evil.example/"}}] | checks[0].http.path: found "https://evil.example/", expected a path that begins with one / (at most 500 characters, others encoded by %)
          [{"name": "a", "http": {"path": "/a\\r\\nX: y"}}] | checks[0].http.path: found "/a\\u000d\\u000aX: y", expected a path that begins with one / (at most 500 characters, others encoded by %)
          [{"name": "a", "http": {"path": "/", "method": "DELETE"}}] | checks[0].http.method: found "DELETE", expected GET, HEAD or POST
          [{"name": "a", "http": {"path": "/", "method": "HEAD", "text": "x"}}] | checks[0].http.method: found "HEAD", expected GET or POST: the answer to HEAD has no body
          [{"name": "a", "http": {"path": "/", "host": "https://a"}}] | checks[0].http.host: found "https://a", expected a host's name, such as www.example.com
          [{"name": "a", "http": {"path": "/", "host": "a..b"}}] | checks[0].http.host: found "a..b", expected a host's name, such as www.example.com
          [{"name": "a", "http": {"path": "/", "status": 101}}] | checks[0].http.status: found 101, expected a whole number from 200 to 599
          [{"name": "a", "http": {"path": "/", "times": 21}}] | checks[0].http.times: found 21, expected a whole number from 1 to 20
          [{"name": "a", "http": {"path": "/", "text": ""}}] | checks[0].http.text: found "", expected a text of 1 to 500 characters
          [{"name": "a", "http": {"path": "/", "json": []}}] | checks[0].http.json: found an empty list, expected at most 5 of {"/pointer": value}
          [{"name": "a", "http": {"path": "/", "json": {"a": 1}}}] | checks[0].http.json.a: found 1, expected a JSON pointer, and a text, a number, true or false of at most 200 characters
          [{"name": "a", "http": {"path": "/", "json": {"/a~2": 1}}}] | checks[0].http.json."/a~2": found 1, expected a JSON pointer, and a text, a number, true or false of at most 200 characters
          [{"name": "a", "http": {"path": "/", "json": {"/a": {}}}}] | checks[0].http.json."/a": found an empty object, expected a JSON pointer, and a text, a number, true or false of at most 200 characters
          [{"name": "a", "lambda": {}}] | checks[0].lambda.function: found nothing, expected a Lambda function's name, or its ARN in region eu-central-1 and account 123456789012, without a version or an alias
          [{"name": "a", "lambda": {"function": "f:1"}}] | checks[0].lambda.function: found "f:1", expected a Lambda function's name, or its ARN in region eu-central-1 and account 123456789012, without a version or an alias
          [{"name": "a", "lambda": {"function": "arn:aws:lambda:eu-central-1:999999999999:function:f"}}] | checks[0].lambda.function: found "arn:aws:lambda:eu-central-1:999999999999:function:f", expected a Lambda function's name, or its ARN in region eu-central-1 and account 123456789012, without a version or an alias
          [{"name": "a", "task": {"command": "x"}}] | checks[0].task.command: found "x", expected a list of at most 20, each a text of 1 to 200 characters
          [{"name": "a", "task": {"command": [""]}}] | checks[0].task.command[0]: found "", expected a text of 1 to 200 characters
          [{"name": "a", "task": {"container": "a b"}}] | checks[0].task.container: found "a b", expected a container's name
          [{"name": "a", "task": {}}, {"name": "a", "task": {}}] | checks: found a name twice, expected a name of its own for each
          """)
  void everyMistakeIsASentence(String checks, String problem) {
    assertThat(problems(checks, true)).containsExactly(problem);
  }

  @Test
  void aRequestNeedsATestRule() {
    assertThat(problems("[{\"name\": \"a\", \"http\": {\"path\": \"/\"}}]", false))
        .containsExactly(
            "checks[0].http.path: found \"/\", expected test_rule_arn beside it: the rule that leads"
                + " to the new version");
  }

  @ParameterizedTest
  @CsvSource({"10, 360, true", "10, 361, false", "11, 60, false", "2, 1800, true"})
  void allOfThemFitAnExecution(int number, int seconds, boolean valid) {
    String many =
        IntStream.range(0, number)
            .mapToObj(
                i ->
                    "{\"name\": \"c%d\", \"deadlineSeconds\": %d, \"task\": {}}"
                        .formatted(i, seconds))
            .collect(Collectors.joining(", ", "[", "]"));
    assertThat(parsed(many, true))
        .isInstanceOf(valid ? ReleaseParser.Valid.class : ReleaseParser.Invalid.class);
  }
}
