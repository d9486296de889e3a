package io.crossfade.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.localaws.Account;
import io.crossfade.release.PermanentFailure;
import io.crossfade.release.Sample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.s3.S3Client;

/** Files that nobody should start a release with, and what people read about each. */
class HostileInputTest {
  private static final ReleaseDefaults DEFAULTS =
      new ReleaseDefaults("site", 120, Sample.PLACE, true, true);

  private static final Map<String, String> GOOD =
      Map.of("imageUri", "app:1", "BASE_SERVICE_NAME", "backend", "rule_arn", Sample.RULE);

  private static Account account;
  private static ReleaseSource source;

  @BeforeAll
  static void open() {
    account = new Account();
    account.aws().s3().createBucket("b");
    source = new S3ReleaseSource(account.client(S3Client.builder()), new ObjectMapper());
  }

  @AfterAll
  static void close() {
    account.close();
  }

  /** A good file with one field more, or another value in one. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      maxCharsPerColumn = 100_000,
      textBlock =
          """
          "imageUri": null | imageUri: found null, expected an image with a digest or a tag (registry/repository@sha256:… or registry/repository:tag), at most 255 characters before the digest
          "imageUri": 7 | imageUri: found 7, expected an image with a digest or a tag (registry/repository@sha256:… or registry/repository:tag), at most 255 characters before the digest
          "imageUri": "" | imageUri: found "", expected an image with a digest or a tag (registry/repository@sha256:… or registry/repository:tag), at most 255 characters before the digest
          "imageUri": ["a:1"] | imageUri: found a list of 1 item, expected an image with a digest or a tag (registry/repository@sha256:… or registry/repository:tag), at most 255 characters before the digest
          "imageUri": {"uri": "a:1"} | imageUri: found an object of 1 field, expected an image with a digest or a tag (registry/repository@sha256:… or registry/repository:tag), at most 255 characters before the digest
          "imageUri": "app" | imageUri: found "app", expected an image with a digest or a tag (registry/repository@sha256:… or registry/repository:tag), at most 255 characters before the digest
          "imageUri": "app:1\\n" | imageUri: found "app:1\\u000a", expected an image with a digest or a tag (registry/repository@sha256:… or registry/repository:tag), at most 255 characters before the digest
          "imageUri": "app:1; rm -rf /" | imageUri: found "app:1; rm -rf /", expected an image with a digest or a tag (registry/repository@sha256:… or registry/repository:tag), at most 255 characters before the digest
          "imageUri": "app@sha256:12" | imageUri: found "app@sha256:12", expected an image with a digest or a tag (registry/repository@sha256:… or registry/repository:tag), at most 255 characters before the digest
          "imageUri": "app:\\u202e1" | imageUri: found "app:\\u202e1", expected an image with a digest or a tag (registry/repository@sha256:… or registry/repository:tag), at most 255 characters before the digest
          "imageUri": "app:\\ud800" | imageUri: found "app:\\ud800", expected an image with a digest or a tag (registry/repository@sha256:… or registry/repository:tag), at most 255 characters before the digest
          "ImageURI": "app:2" | ImageURI: found "app:2", expected the same image as in imageUri, or only one of the two
          "ImageURI": null | ImageURI: found null, expected the same image as in imageUri, or only one of the two
          "BASE_SERVICE_NAME": null | BASE_SERVICE_NAME: found null, expected the service's name without -blue or -green (letters, digits, - and _)
          "BASE_SERVICE_NAME": "backend-blue" | BASE_SERVICE_NAME: found "backend-blue", expected the service's name without -blue or -green (letters, digits, - and _)
          "BASE_SERVICE_NAME": "../backend" | BASE_SERVICE_NAME: found "../backend", expected the service's name without -blue or -green (letters, digits, - and _)
          "rule_arn": null | rule_arn: found null, expected the ARN of a rule of an Application Load Balancer (arn:aws:elasticloadbalancing:…:listener-rule/app/…)
          "rule_arn": "backend" | rule_arn: found "backend", expected the ARN of a rule of an Application Load Balancer (arn:aws:elasticloadbalancing:…:listener-rule/app/…)
          "rule_arn": "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/site/1a/2b" | rule_arn: found the ARN of a listener, "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/site/1a/2b", expected the ARN of a rule of an Application Load Balancer (arn:aws:elasticloadbalancing:…:listener-rule/app/…)
          "rule_arn": "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/net/site/1a/2b" | rule_arn: found the ARN of a listener of a Network Load Balancer, "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/net/site/1a/2b", expected the ARN of a rule of an Application Load Balancer (arn:aws:elasticloadbalancing:…:listener-rule/app/…)
          "rule_arn": "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener-rule/net/site/1a/2b/3c" | rule_arn: found the ARN of a rule of a Network Load Balancer, "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener-rule/net/site/1a/2b/3c", expected the ARN of a rule of an Application Load Balancer (arn:aws:elasticloadbalancing:…:listener-rule/app/…)
          "rule_arn": "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/site/1a" | rule_arn: found the ARN of a load balancer, "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/site/1a", expected the ARN of a rule of an Application Load Balancer (arn:aws:elasticloadbalancing:…:listener-rule/app/…)
          "rule_arn": "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/site/1a" | rule_arn: found the ARN of a Network Load Balancer, "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/site/1a", expected the ARN of a rule of an Application Load Balancer (arn:aws:elasticloadbalancing:…:listener-rule/app/…)
          "rule_arn": "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/site" | rule_arn: found the ARN of a Classic Load Balancer, "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/site", expected the ARN of a rule of an Application Load Balancer (arn:aws:elasticloadbalancing:…:listener-rule/app/…)
          "rule_arn": "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/site/1a" | rule_arn: found the ARN of a target group, "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/site/1a", expected the ARN of a rule of an Application Load Balancer (arn:aws:elasticloadbalancing:…:listener-rule/app/…)
          "rule_arn": "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener-rule/app/site/1a/2b/3c" | rule_arn: found "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener-rule/app/site/1a/2b/3c", expected the ARN of a rule in region eu-central-1 and account 123456789012
          "rule_arn": "arn:aws:elasticloadbalancing:eu-central-1:999999999999:listener-rule/app/site/1a/2b/3c" | rule_arn: found "arn:aws:elasticloadbalancing:eu-central-1:999999999999:listener-rule/app/site/1a/2b/3c", expected the ARN of a rule in region eu-central-1 and account 123456789012
          "cluster": null | cluster: found null, expected site, the one this stack was deployed for, or its ARN in region eu-central-1 and account 123456789012
          "cluster": "other" | cluster: found "other", expected site, the one this stack was deployed for, or its ARN in region eu-central-1 and account 123456789012
          "cluster": "arn:aws:ecs:us-east-1:123456789012:cluster/site" | cluster: found "arn:aws:ecs:us-east-1:123456789012:cluster/site", expected site, the one this stack was deployed for, or its ARN in region eu-central-1 and account 123456789012
          "cluster": "arn:aws:ecs:eu-central-1:999999999999:cluster/site" | cluster: found "arn:aws:ecs:eu-central-1:999999999999:cluster/site", expected site, the one this stack was deployed for, or its ARN in region eu-central-1 and account 123456789012
          "container": "a b" | container: found "a b", expected a container's name
          "steps": null | steps: found null, expected a list of 1 to 20 steps
          "steps": [] | steps: found an empty list, expected a list of 1 to 20 steps
          "steps": {} | steps: found an empty object, expected a list of 1 to 20 steps
          "steps": [null] | steps[0]: found null, expected {"weight": 25, "bakeSeconds": 300}
          "steps": [{"weight": null}] | steps[0].weight: found null, expected a whole number from 1 to 100
          "steps": [{"weight": 1e999}] | steps[0].weight: found Infinity, expected a whole number from 1 to 100
          "steps": [{"weight": 99999999999999999999}] | steps[0].weight: found 99999999999999999999, expected a whole number from 1 to 100
          "steps": [{"weight": true}] | steps[0].weight: found true, expected a whole number from 1 to 100
          "steps": [{"weight": 50}] | steps[0].weight: found 50, expected 100 at the last step
          "steps": [{"weight": 100}, {"weight": 100}] | steps[0].weight: found 100, expected more than 0 and less than 100
          "steps": [{"weight": 100, "bakeSeconds": -1}] | steps[0].bakeSeconds: found -1, expected a whole number from 0 to 86400
          "steps": [{"weight": 100, "bake": 1}] | steps[0].bake: found an unknown field, expected one of [bakeSeconds, weight]
          "alarms": null | alarms: found null, expected a list of at most 100, each an alarm's name (1 to 255 characters)
          "alarms": [null, 5] | alarms[0]: found null, expected an alarm's name (1 to 255 characters)\\nalarms[1]: found 5, expected an alarm's name (1 to 255 characters)
          "approval": null | approval: found null, expected "skip" or {"timeoutSeconds": 3600}
          "approval": "Skip" | approval: found "Skip", expected "skip" or {"timeoutSeconds": 3600}
          "approval": {"timeoutSeconds": null} | approval.timeoutSeconds: found null, expected a whole number from 60 to 432000
          "health": [] | health: found an empty list, expected {"deadlineSeconds": 900, "polls": 3, "recoverySeconds": 300}
          "health": {"polls": 3.5} | health.polls: found 3.5, expected a whole number from 1 to 10
          "commit": 5 | commit: found 5, expected a text of at most 100 characters
          "author": "\\udc00" | author: found "\\udc00", expected a text of at most 200 characters
          "createdAt": "2026-02-30T12:00:00Z" | createdAt: found "2026-02-30T12:00:00Z", expected a time like 2026-01-31T12:00:00Z
          "dryRun": "true" | dryRun: found "true", expected true or false
          "dryRun": null | dryRun: found null, expected true or false
          "override": null | override: found null, expected {"checks": […], "by": "…", "why": "…"}
          "override": {"checks": ["all"], "by": "An", "why": "so"} | override.checks[0]: found "all", expected one of [abandoned-lock, alarm-already-firing, busy, frozen, no-alarms, older-build, shared-target-group]
          "override": {"checks": [], "by": "An", "why": "so"} | override.checks: found an empty list, expected at least one of [abandoned-lock, alarm-already-firing, busy, frozen, no-alarms, older-build, shared-target-group]
          "override": {"by": "An", "why": ""} | override.checks: found nothing, expected at least one of [abandoned-lock, alarm-already-firing, busy, frozen, no-alarms, older-build, shared-target-group]\\noverride.why: found "", expected the reason, for the record (1 to 1000 characters)
          "__proto__": {} | __proto__: found an unknown field, expected one of [BASE_SERVICE_NAME, ImageURI, alarms, approval, author, checks, cluster, commit, container, createdAt, dryRun, health, imageUri, minRequests, override, pipelineExecutionId, rule_arn, steps, test_rule_arn]
          "": 1 | "": found an unknown field, expected one of [BASE_SERVICE_NAME, ImageURI, alarms, approval, author, checks, cluster, commit, container, createdAt, dryRun, health, imageUri, minRequests, override, pipelineExecutionId, rule_arn, steps, test_rule_arn]
          "a\\nb": 1 | "a\\u000ab": found an unknown field, expected one of [BASE_SERVICE_NAME, ImageURI, alarms, approval, author, checks, cluster, commit, container, createdAt, dryRun, health, imageUri, minRequests, override, pipelineExecutionId, rule_arn, steps, test_rule_arn]
          "rule_Arn ": 1 | "rule_Arn ": found an unknown field, expected "rule_arn" (did you mean this?)
          "bucket": "b" | bucket: found an unknown field, expected one of [BASE_SERVICE_NAME, ImageURI, alarms, approval, author, checks, cluster, commit, container, createdAt, dryRun, health, imageUri, minRequests, override, pipelineExecutionId, rule_arn, steps, test_rule_arn]
          "restore": "run-1" | restore: found an unknown field, expected one of [BASE_SERVICE_NAME, ImageURI, alarms, approval, author, checks, cluster, commit, container, createdAt, dryRun, health, imageUri, minRequests, override, pipelineExecutionId, rule_arn, steps, test_rule_arn]
          """)
  void aFieldThatIsWrong(String field, String sentence) {
    assertThat(answer(with(field))).isEqualTo(sentence.replace("\\n", "\n"));
  }

  private static byte[] with(String field) {
    StringBuilder file = new StringBuilder("{" + field);
    GOOD.forEach(
        (name, value) -> {
          if (!field.contains("\"%s\"".formatted(name))) {
            file.append(", \"%s\": \"%s\"".formatted(name, value));
          }
        });
    return file(file.append('}').toString());
  }

  static Stream<Arguments> texts() {
    String good = text(with("\"dryRun\": true"));
    return Stream.of(
        arguments("", "s3://b/f: found an empty file, expected a JSON object"),
        arguments(" \n", "s3://b/f: found an empty file, expected a JSON object"),
        arguments("null", "s3://b/f: found null, expected a JSON object"),
        arguments("[1, 2]", "s3://b/f: found a list of 2 items, expected a JSON object"),
        arguments("\"text\"", "s3://b/f: found \"text\", expected a JSON object"),
        arguments("5", "s3://b/f: found 5, expected a JSON object"),
        arguments(
            "imageUri: app:1",
            "s3://b/f: found broken JSON at line 1, column 1 (Unrecognized token 'imageUri': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')), expected a JSON object"),
        arguments(
            "{'imageUri': 'app:1'}",
            "s3://b/f: found broken JSON at line 1, column 2 (Unexpected character (''' (code 39)): was expecting double-quote to start field name), expected a JSON object"),
        arguments(
            "{\"imageUri\": ",
            "s3://b/f: found broken JSON at line 1, column 14 (Unexpected end-of-input within/between Object entries), expected a JSON object"),
        arguments(
            "{\"imageUri\": \"app:1\",}",
            "s3://b/f: found broken JSON at line 1, column 22 (Unexpected character ('}' (code 125)): was expecting double-quote to start field name), expected a JSON object"),
        arguments(
            "{// comment\n}",
            "s3://b/f: found broken JSON at line 1, column 2 (Unexpected character ('/' (code 47)): maybe a (non-standard) comment? (not recognized as one since Feature 'ALLOW_COMMENTS' not enabled for parser)), expected a JSON object"),
        arguments(
            "{\"imageUri\": NaN}",
            "s3://b/f: found broken JSON at line 1, column 17 (Non-standard token 'NaN': enable `JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS` to allow), expected a JSON object"),
        arguments(
            "{\"imageUri\": \"app:1\", \"imageUri\": \"app:2\"}",
            "s3://b/f: found broken JSON at line 1, column 33 (Duplicate field 'imageUri'), expected a JSON object"),
        arguments(
            "{\"steps\": [{\"weight\": 1, \"weight\": 100}]}",
            "s3://b/f: found broken JSON at line 1, column 34 (Duplicate field 'weight'), expected a JSON object"),
        arguments(
            good + "{}",
            "s3://b/f: found more after its end at line 1, column 172, expected one JSON object"),
        arguments(
            good + "\n" + good,
            "s3://b/f: found more after its end at line 2, column 1, expected one JSON object"),
        arguments(
            good + "]",
            "s3://b/f: found broken JSON at line 1, column 172 (Unexpected close marker ']': no open Array to close), expected a JSON object"),
        arguments(
            good + "x",
            "s3://b/f: found broken JSON at line 1, column 172 (Unrecognized token 'x': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')), expected a JSON object"),
        arguments(
            "[".repeat(5000),
            "s3://b/f: found broken JSON (Document nesting depth (1001) exceeds the maximum allowed (1000, from `StreamReadConstraints.getMaxNestingDepth()`)), expected a JSON object"),
        arguments(
            "{\"steps\": " + "9".repeat(5000) + "}",
            "s3://b/f: found broken JSON (Number value length (5000) exceeds the maximum allowed (1000, from `StreamReadConstraints.getMaxNumberLength()`)), expected a JSON object"),
        arguments("\uFEFF" + good, "s3://b/f: found a byte order mark, expected UTF-8 without one"),
        arguments(
            text(with("\"imageUri\": \"" + "a".repeat(6000) + ":1\"")),
            "imageUri: found \""
                + "a".repeat(200)
                + "…\" (6002 characters), expected an image with a digest or a tag (registry/repository@sha256:… or registry/repository:tag), at most 255 characters before the digest"),
        arguments(
            text(with("\"imageUri\": \"" + "a-".repeat(3000) + "\"")),
            "imageUri: found \""
                + "a-".repeat(100)
                + "…\" (6000 characters), expected an image with a digest or a tag (registry/repository@sha256:… or registry/repository:tag), at most 255 characters before the digest"),
        arguments(
            text(with("\"" + "k".repeat(6000) + "\": 1")),
            "\""
                + "k".repeat(200)
                + "…\" (6000 characters): found an unknown field, expected one of [BASE_SERVICE_NAME, ImageURI, alarms, approval, author, checks, cluster, commit, container, createdAt, dryRun, health, imageUri, minRequests, override, pipelineExecutionId, rule_arn, steps, test_rule_arn]"),
        arguments(
            text(with("\"rule_arn\": \"" + "arn:".repeat(2000) + "\"")),
            "rule_arn: found \""
                + "arn:".repeat(50)
                + "…\" (8000 characters), expected the ARN of a rule of an Application Load Balancer (arn:aws:elasticloadbalancing:…:listener-rule/app/…)"),
        arguments(
            text(with("\"author\": \"" + "x".repeat(201) + "\"")),
            "author: found \""
                + "x".repeat(200)
                + "…\" (201 characters), expected a text of at most 200 characters"),
        arguments(
            text(with("\"alarms\": [" + "1,".repeat(5000) + "1]")),
            "alarms: found a list of 5001 items, expected a list of at most 100, each an alarm's name (1 to 255 characters)"),
        arguments(
            text(with("\"steps\": [" + "{},".repeat(20) + "{}]")),
            "steps: found a list of 21 items, expected a list of 1 to 20 steps"),
        arguments("{" + numbered(30) + "}", tooMany()),
        arguments(" ".repeat(262_145), "s3://b/f: found 262145 bytes, expected at most 262144"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void aTextThatIsNoRelease(String text, String sentence) {
    assertThat(answer(file(text))).isEqualTo(sentence);
  }

  private static String numbered(int fields) {
    return IntStream.range(0, fields)
        .mapToObj("\"%d\": 0"::formatted)
        .collect(Collectors.joining(", "));
  }

  /** Thirty unknown fields, and the three that are missing. */
  private static String tooMany() {
    String unknown =
        " found an unknown field, expected one of [BASE_SERVICE_NAME, ImageURI, alarms, approval,"
            + " author, checks, cluster, commit, container, createdAt, dryRun, health, imageUri, minRequests, override,"
            + " pipelineExecutionId, rule_arn, steps, test_rule_arn]\n";
    String told =
        IntStream.range(0, 20).mapToObj(i -> i + ":" + unknown).collect(Collectors.joining());
    return told + "and 13 more problems";
  }

  static Stream<Arguments> wholeFiles() throws IOException {
    byte[] good = with("\"dryRun\": true");
    byte[] large = file("{\"x\": \"" + "x".repeat(5_000_000) + "\"}");
    return Stream.of(
        arguments("5 MB", large, "s3://b/f: found 5000009 bytes, expected at most 262144"),
        arguments(
            "more than an artifact may have",
            new byte[16_777_217],
            "s3://b/f: found more than 16777216 bytes, expected at most as many"),
        arguments(
            "UTF-16 with a mark",
            text(good).getBytes(StandardCharsets.UTF_16),
            "s3://b/f: found bytes that are not UTF-8, expected UTF-8"),
        arguments(
            "UTF-16 without",
            text(good).getBytes(StandardCharsets.UTF_16LE),
            "s3://b/f: found zero bytes, as UTF-16 has them, expected UTF-8"),
        arguments(
            "UTF-32",
            text(good).getBytes(Charset.forName("UTF-32LE")),
            "s3://b/f: found zero bytes, as UTF-16 has them, expected UTF-8"),
        arguments(
            "Latin 1",
            "{\"author\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1),
            "s3://b/f: found bytes that are not UTF-8, expected UTF-8"),
        arguments(
            "an overlong slash",
            new byte[] {'{', (byte) 0xC0, (byte) 0xAF, '}'},
            "s3://b/f: found bytes that are not UTF-8, expected UTF-8"),
        arguments(
            "a zip of nothing",
            zip(),
            "s3://b/f: found no file, expected imageDetail.json at its root"),
        arguments(
            "a zip without the file",
            zip("taskdef.json", good),
            "s3://b/f: found taskdef.json, expected imageDetail.json at its root"),
        arguments(
            "a zip with the file elsewhere",
            zip("deep/imageDetail.json", good, "../imageDetail.json", good),
            "s3://b/f: found \"deep/imageDetail.json\", \"../imageDetail.json\", expected imageDetail.json at its root"),
        arguments(
            "a zip with a directory of that name",
            zip("imageDetail.json/", new byte[0]),
            "s3://b/f: found \"imageDetail.json/\", expected imageDetail.json at its root"),
        arguments(
            "a zip with another case",
            zip("imagedetail.json", good),
            "s3://b/f: found imagedetail.json, expected imageDetail.json at its root"),
        arguments(
            "a zip with a name in two lines",
            zip("a\nb", good),
            "s3://b/f: found \"a\\u000ab\", expected imageDetail.json at its root"),
        arguments(
            "a zip with many files",
            zip("1", good, "2", good, "3", good, "4", good, "5", good, "6", good, "7", good),
            "s3://b/f: found 1, 2, 3, 4, 5 and 2 more, expected imageDetail.json at its root"),
        arguments(
            "a zip with the file twice",
            twice(good),
            "s3://b/f: found two files of the name imageDetail.json, expected one"),
        arguments(
            "an encrypted zip",
            encrypted(zip("imageDetail.json", good)),
            "s3://b/f: found an artifact that cannot be unpacked (encrypted ZIP entry not supported), expected a plain zip file"),
        arguments(
            "the beginning of a zip",
            Arrays.copyOf(zip("imageDetail.json", good), 60),
            "s3://b/f: found an artifact that cannot be unpacked (Unexpected end of ZLIB input stream), expected a plain zip file"),
        arguments(
            "a zip that begins only",
            file("PK\u0003\u0004"),
            "s3://b/f: found no file, expected imageDetail.json at its root"),
        arguments(
            "a zip with a large file",
            zip("imageDetail.json", large),
            "s3://b/f: found imageDetail.json of more than 262144 bytes, expected at most as many"),
        arguments(
            "a zip with zeros",
            zip("imageDetail.json", new byte[1000]),
            "s3://b/f: found zero bytes, as UTF-16 has them, expected UTF-8"),
        arguments(
            "a zip in a zip",
            zip("imageDetail.json", zip("imageDetail.json", good)),
            "s3://b/f: found bytes that are not UTF-8, expected UTF-8"),
        arguments(
            "a bomb",
            zip("bomb", new byte[300_000_000], "imageDetail.json", good),
            "s3://b/f: found an artifact of more than 268435456 bytes when unpacked, expected at most as many"));
  }

  @ParameterizedTest
  @MethodSource("wholeFiles")
  void aWholeFileThatIsWrong(String what, byte[] file, String sentence) {
    assertThat(answer(file)).as(what).isEqualTo(sentence);
  }

  /** What people read. */
  private static String answer(byte[] file) {
    account.aws().s3().put("b", "f", file);
    try {
      return ReleaseParser.parse(source.read("b", "f"), DEFAULTS)
              instanceof ReleaseParser.Invalid invalid
          ? ValidationError.sentences(invalid.errors())
          : "accepted";
    } catch (PermanentFailure refused) {
      return refused.getMessage();
    }
  }

  private static String text(byte[] file) {
    return new String(file, StandardCharsets.UTF_8);
  }

  /** Names and contents in turns. */
  private static byte[] zip(Object... files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < files.length; i += 2) {
        zip.putNextEntry(new ZipEntry((String) files[i]));
        zip.write((byte[]) files[i + 1]);
      }
    }
    return bytes.toByteArray();
  }

  /** No library writes that, so one of two names is changed afterwards. */
  private static byte[] twice(byte[] content) throws IOException {
    byte[] zip = zip("imageDetail.json", content, "imageDetail.jsom", content);
    String latin = new String(zip, StandardCharsets.ISO_8859_1).replace("jsom", "json");
    return latin.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The first bit of the flags, which stand at byte 6 of an entry. */
  private static byte[] encrypted(byte[] zip) {
    byte[] encrypted = zip.clone();
    encrypted[6] |= 1;
    return encrypted;
  }

  private static byte[] file(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
