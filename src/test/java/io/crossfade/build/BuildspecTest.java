package io.crossfade.build;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.infrastructure.Tool;
import io.crossfade.plan.ReleaseDefaults;
import io.crossfade.plan.ReleaseParser;
import io.crossfade.release.Release;
import io.crossfade.release.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The build writes a file that a release takes, or fails with a sentence and writes none. */
class BuildspecTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private CodeBuild build;

  @BeforeAll
  static void needsBash() {
    Tool.requireShell("buildspec.yml");
  }

  @BeforeEach
  void freshBuild() {
    build = new CodeBuild(folder);
  }

  @Test
  void writesWhatAReleaseTakes() throws IOException {
    assertThat(build.run().exit()).isZero();
    Release release = released();
    assertThat(release.imageUri())
        .isEqualTo(
            "123456789012.dkr.ecr.eu-central-1.amazonaws.com/booking/backend@" + CodeBuild.DIGEST);
    assertThat(release.baseServiceName()).isEqualTo("backend");
    assertThat(release.ruleArn()).endsWith("listener-rule/app/booking/1a2b/3c4d/5e6f");
    assertThat(release.commit()).isEqualTo(CodeBuild.COMMIT);
    assertThat(release.author()).isEqualTo("bay@example.com");
    assertThat(release.createdAt())
        .isBetween(Instant.now().minus(Duration.ofMinutes(5)), Instant.now());
    keepForARehearsal();
  }

  /** For {@code mvn -Prehearse -DimageDetail=target/buildspec/imageDetail.json}. */
  private void keepForARehearsal() throws IOException {
    Path kept = Path.of("target/buildspec/imageDetail.json");
    Files.createDirectories(kept.getParent());
    Files.copy(build.imageDetail(), kept, StandardCopyOption.REPLACE_EXISTING);
  }

  @ParameterizedTest
  @CsvSource({"booking-load-balancer-5xx, [booking-load-balancer-5xx]", "'', []"})
  void namesTheAlarmThatItIsGiven(String given, String named) throws IOException {
    assertThat(build.with("ALARM", given).run().exit()).isZero();
    assertThat(released().alarms()).hasToString(named);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener-rule/app/booking/1a2b/3c4d/7e8f",
        ""
      })
  void namesTheTestRuleThatItIsGiven(String given) throws IOException {
    assertThat(build.with("TEST_RULE_ARN", given).run().exit()).isZero();
    assertThat(released().testRuleArn()).isEqualTo(given.isEmpty() ? null : given);
  }

  /** But for the one call whose output another reads: the two of a pipe start at the same time. */
  @Test
  void logsInBuildsAndPushesInThisOrder() throws IOException {
    build.run();
    String tag =
        "123456789012.dkr.ecr.eu-central-1.amazonaws.com/booking/backend:" + CodeBuild.COMMIT;
    assertThat(build.calls())
        .filteredOn(call -> !call.startsWith("git"))
        .extracting(call -> call.replaceFirst(" --query.*", ""))
        .filteredOn(call -> !call.equals("aws ecr get-login-password"))
        .containsExactly(
            "docker login --username builder --password-stdin",
            "docker login --username AWS --password-stdin"
                + " 123456789012.dkr.ecr.eu-central-1.amazonaws.com",
            "aws ecr describe-images --repository-name booking/backend --image-ids imageTag="
                + CodeBuild.COMMIT,
            "docker build --pull --tag " + tag + " .",
            "docker push " + tag,
            "aws ecr describe-images --repository-name booking/backend --image-ids imageTag="
                + CodeBuild.COMMIT);
  }

  @Test
  void passwordsAreNeitherArgumentsNorOutput() throws IOException {
    Tool.Run run = build.run();
    assertThat(build.passwords())
        .containsExactly(CodeBuild.DOCKER_PASSWORD, CodeBuild.ECR_PASSWORD);
    assertThat(run.output()).doesNotContain("hunter2");
    assertThat(build.calls()).noneMatch(call -> call.contains("hunter2"));
  }

  @Test
  void retryOfAPushedCommitTakesItsImage() throws IOException {
    build.pushedBefore();
    assertThat(build.run().output()).contains("was built and pushed before");
    assertThat(build.calls()).noneMatch(call -> call.startsWith("docker build"));
    assertThat(build.calls()).noneMatch(call -> call.startsWith("docker push"));
    assertThat(released().imageUri()).endsWith("@" + CodeBuild.DIGEST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BASE_SERVICE_NAME",
        "RULE_ARN",
        "REPOSITORY_URI",
        "DOCKER_USERNAME",
        "DOCKER_PASSWORD"
      })
  void missingVariableIsNamedBeforeAnythingIsDone(String name) throws IOException {
    failsWith(build.with(name, ""), "buildspec: not set: " + name);
    assertThat(build.calls()).isEmpty();
  }

  @Test
  void everyMissingVariableIsNamedAtOnce() throws IOException {
    failsWith(
        build.with("RULE_ARN", "").with("DOCKER_PASSWORD", ""),
        "not set: RULE_ARN DOCKER_PASSWORD (the DOCKER_ ones come from the secret crossfade/docker");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DOCKER_LOGIN_FAILS | yes           | Docker did not accept the user name and password of the secret crossfade/docker
          TOKEN_FAILS        | yes           | could not log in to ECR at 123456789012.dkr.ecr.eu-central-1.amazonaws.com
          ECR_LOGIN_FAILS    | yes           | could not log in to ECR at 123456789012.dkr.ecr.eu-central-1.amazonaws.com
          GIT_FAILS          | yes           | this is not a git clone
          BUILD_FAILS        | yes           | docker build failed
          PUSH_FAILS         | yes           | docker push failed
          DESCRIBE_FAILS     | yes           | ECR does not tell whether 0123456789abcdef0123456789abcdef01234567 was pushed before
          STAND_IN_DIGEST    | None          | ECR gave no digest for 0123456789abcdef0123456789abcdef01234567: None
          STAND_IN_DIGEST    | sha256:abc    | ECR gave no digest for 0123456789abcdef0123456789abcdef01234567: sha256:abc
          STAND_IN_DIGEST    | ''            | ECR gave no digest for 0123456789abcdef0123456789abcdef01234567
          RULE_ARN           | arn:aws:iam:x | RULE_ARN is not the ARN of a rule of an Application Load Balancer: arn:aws:iam:x
          REPOSITORY_URI     | backend       | REPOSITORY_URI is not registry/repository: backend
          """)
  void failureIsOneSentence(String variable, String value, String sentence) throws IOException {
    failsWith(build.with(variable, value), "buildspec: " + sentence);
  }

  @Test
  void repositoryWithoutDockerfileIsTold() throws IOException {
    Files.delete(build.sources().resolve("Dockerfile"));
    failsWith(build, "buildspec: there is no Dockerfile at the root of the repository");
  }

  @Test
  void fileOfTheRepositoryIsNeverReleased() throws IOException {
    Files.writeString(build.imageDetail(), "{\"imageUri\": \"old\"}");
    failsWith(build.with("PUSH_FAILS", "yes"), "docker push failed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Bobby "Tables"              | Bobby "Tables"
          C:\\Users\\bob              | C:\\Users\\bob
          $(touch x) `touch x` ${x}   | $(touch x) `touch x` ${x}
          Đặng Văn Ngữ 🍜             | Đặng Văn Ngữ 🍜
          ", "imageUri": "evil        | ", "imageUri": "evil
          %s %n * ? [a-z] ~           | %s %n * ? [a-z] ~
          """)
  void authorIsQuoted(String author, String read) throws IOException {
    build.author((author + "\n").getBytes(UTF_8)).run();
    assertThat(released().author()).isEqualTo(read);
    assertThat(build.sources().resolve("x")).doesNotExist();
  }

  @Test
  void authorOfSeveralLinesAndTabsBecomesOneLine() throws IOException {
    build.author("two\nlines\tand a bell\u0007\n".getBytes(UTF_8)).run();
    assertThat(released().author()).isEqualTo("two lines and a bell ");
  }

  @Test
  void authorThatIsNotUtf8LosesOnlyItsForeignBytes() throws IOException {
    build.author("Jürgen\n".getBytes(ISO_8859_1)).run();
    assertThat(released().author()).isEqualTo("Jrgen");
  }

  @Test
  void authorWithoutANameIsUnknown() throws IOException {
    build.author("\n".getBytes(UTF_8)).run();
    assertThat(released().author()).isEqualTo("unknown");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "é", "日", "🍜"})
  void longAuthorIsCutBetweenCharacters(String letter) throws IOException {
    build.author(("x" + letter.repeat(300)).getBytes(UTF_8)).run();
    assertThat(released().author())
        .startsWith("x" + letter)
        .matches("x(?:" + letter + ")+")
        .hasSizeBetween(40, 200);
  }

  @Test
  void pipelineExecutionIsInTheFile() throws IOException {
    build.run();
    assertThat(released().pipelineExecutionId())
        .isNotBlank()
        .isEqualTo(written().get("pipelineExecutionId"));
  }

  @Test
  void secretsComeFromSecretsManagerUnderTheirNames() throws IOException {
    Map<?, ?> env = (Map<?, ?>) CodeBuild.buildspec().get("env");
    assertThat(env.get("secrets-manager"))
        .isEqualTo(
            Map.of(
                "DOCKER_USERNAME", "crossfade/docker:username",
                "DOCKER_PASSWORD", "crossfade/docker:password"));
    assertThat(env.get("shell")).isEqualTo("bash");
    assertThat(CodeBuild.buildspec().get("artifacts"))
        .isEqualTo(Map.of("files", List.of("imageDetail.json")));
  }

  private static void failsWith(CodeBuild build, String sentence) throws IOException {
    Tool.Run run = build.run();
    assertThat(run.exit()).isNotZero();
    assertThat(run.output()).contains(sentence);
    assertThat(run.output()).doesNotContain("hunter2");
    assertThat(build.imageDetail()).doesNotExist();
  }

  private Map<String, Object> written() throws IOException {
    return JSON.readValue(build.imageDetail().toFile(), new TypeReference<>() {});
  }

  private Release released() throws IOException {
    ReleaseParser.Result parsed = parse(written());
    assertThat(parsed).isInstanceOf(ReleaseParser.Valid.class);
    return ((ReleaseParser.Valid) parsed).release();
  }

  private static ReleaseParser.Result parse(Map<String, Object> input) {
    return ReleaseParser.parse(
        input, new ReleaseDefaults("booking", 120, Sample.PLACE, true, true));
  }
}
