package io.crossfade.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The walkthrough, command by command, in a model of an empty account. */
class WalkthroughTest {
  /** A step by how it begins, and what is wrong without it. */
  record Step(String begins, String complaint) {
    static Step parse(String row) {
      String[] parts = row.split(" \\| ");
      return new Step(parts[0].strip(), parts[1].strip());
    }
  }

  private static final List<Step> STEPS =
      """
      export AWS_REGION=eu-central-1 AWS_DEFAULT_REGION | aws: no region
      aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com | service-linked role of ecs.amazonaws.com does not exist
      aws iam create-service-linked-role --aws-service-name ecs.application-a | FrontendBlueScaling: the service-linked role
      aws iam create-service-linked-role --aws-service-name elasticload | LoadBalancer: the service-linked role
      aws iam create-service-linked-role --aws-service-name rds | Database: the service-linked role
      aws iam create-service-linked-role --aws-service-name codestar | Notifications: the service-linked role
      aws service-quotas get-service-quota | nobody has looked at the quota of Fargate
      aws service-quotas request-service-quota-increase | two releases at once need 6 vCPU of Fargate, the quota is 4
      output() { | output: command not found
      (umask 077; ${EDITOR:-vi} docker.json) | docker.json does not exist
      aws secretsmanager create-secret --name crossfade/docker | there is no secret crossfade/docker
      rm docker.json | file docker.json
      DOMAIN= | parameter DomainName may not be ''
      ZONE_ID= | nobody validates the certificate
      aws cloudformation deploy --stack-name booking-certificate | Stack with id booking-certificate does not exist
      aws cloudformation deploy --stack-name booking-network | Stack with id booking-network does not exist
      GROUP= | Missing option --group-id
      aws ec2 revoke-security-group-ingress | the default security group has a rule: {'ingress'}
      aws ec2 revoke-security-group-egress | the default security group has a rule: {'egress'}
      aws cloudformation deploy --stack-name booking-site | Stack with id booking-site does not exist
      aws cloudformation set-stack-policy | it has no stack policy
      infrastructure/database-user.sh | the backend has no user of the database
      curl -sI | nobody has looked at the site by curl
      (umask 077; ${EDITOR:-vi} slack.json) | slack.json does not exist
      SLACK_SECRET_ARN= | sam: SlackSecretArn= is not in valid format
      rm slack.json | file slack.json
      SLACK_CHANNEL= | sam: SlackChannel= is not in valid format
      SLACK_APPROVERS= | sam: SlackApprovers= is not in valid format
      mvn -q package | sam: target/function.zip does not exist
      sam deploy | Stack with id crossfade does not exist
      output crossfade SlackRequestUrl | the app has no Request URL
      CONNECTION_ARN= | there is no such connection
      aws codeconnections get-connection | the connection is PENDING
      cp buildspec.yml ../backend | pathspec 'buildspec.yml' did not match any files in backend
      git -C ../backend add | nothing to commit in backend
      git -C ../backend commit | the build of backend finds no buildspec.yml
      git -C ../backend push | the build of backend finds no buildspec.yml
      cp buildspec.yml ../frontend | pathspec 'buildspec.yml' did not match any files in frontend
      git -C ../frontend add | nothing to commit in frontend
      git -C ../frontend commit | the build of frontend finds no buildspec.yml
      git -C ../frontend push | the build of frontend finds no buildspec.yml
      aws cloudformation deploy --stack-name booking-backend | Stack with id booking-backend does not exist
      aws cloudformation deploy --stack-name booking-frontend | Stack with id booking-frontend does not exist
      aws codepipeline get-pipeline-state | nobody has looked at the state of the pipelines
      EXECUTION= | there is no execution ''
      aws elbv2 describe-rules | nobody has looked at the weights
      aws ecs describe-services | nobody has looked at the tasks
      infrastructure/site-present.sh | nobody has looked at the parameters of an update
      aws stepfunctions describe-execution | dry-run.json does not exist
      aws stepfunctions start-execution | nobody has looked at what a release would do
      SERVICES= | service backend-blue has no tag crossfade:drill
      for service in $SERVICES; | service backend-blue has no tag crossfade:drill
      mvn -q -Pdrill | nobody has looked at a drill
      BUCKETS= | crossfade-artifacts-backend-
      SAM_BUCKET= | the bucket of aws-sam-cli-managed-default is not empty
      aws cloudformation delete-stack --stack-name booking-frontend | stack booking-frontend is not being deleted
      aws cloudformation delete-stack --stack-name booking-backend | stack booking-backend is not being deleted
      aws cloudformation wait stack-delete-complete --stack-name booking-frontend | in use by booking-frontend
      aws cloudformation wait stack-delete-complete --stack-name booking-backend | in use by booking-backend
      aws cloudformation delete-stack --stack-name crossfade | stack crossfade is not being deleted
      aws cloudformation wait stack-delete-complete --stack-name crossfade | NoSuchBucket: crossfade-statebucket
      aws cloudformation delete-stack --stack-name booking-site | stack booking-site is not being deleted
      aws cloudformation wait stack-delete-complete --stack-name booking-site | in use by booking-site
      aws cloudformation delete-stack --stack-name booking-network | stack booking-network is not being deleted
      aws cloudformation wait stack-delete-complete --stack-name booking-network | stack booking-network (DELETE_IN_PROGRESS)
      aws cloudformation delete-stack --stack-name booking-certificate | stack booking-certificate is not being deleted
      aws cloudformation wait stack-delete-complete --stack-name booking-certificate | stack booking-certificate (DELETE_IN_PROGRESS)
      versions() { | versions: command not found
      for bucket in $BUCKETS $SAM_BUCKET; | BucketNotEmpty: crossfade-artifacts-backend-
      for bucket in $BUCKETS; | crossfade-artifacts-backend-
      aws cloudformation delete-stack --stack-name aws-sam | stack aws-sam-cli-managed-default is not being deleted
      aws cloudformation wait stack-delete-complete --stack-name aws-sam | stack aws-sam-cli-managed-default (DELETE_IN_PROGRESS)
      aws ecr delete-repository --repository-name booking/frontend | images of booking/frontend
      aws ecr delete-repository --repository-name booking/backend | images of booking/backend
      aws codeconnections delete-connection | connection
      aws secretsmanager delete-secret --secret-id crossfade/docker | secret crossfade/docker
      aws secretsmanager delete-secret --secret-id crossfade/slack | secret crossfade/slack
      """
          .lines()
          .map(Step::parse)
          .toList();

  /** What the page says that it leaves. */
  private static final List<String> LEFT =
      List.of(
          "booking-site-backendtaskdefinition",
          "booking-site-frontendtaskdefinition",
          "snapshot of booking-site-database");

  @TempDir Path folder;

  @BeforeAll
  static void needsAShellAndPython() {
    AccountModel.require();
  }

  @Test
  void leadsFromAnEmptyAccountToAReleaseAndBack() throws IOException {
    assertThat(wrong(commands())).isEmpty();
  }

  @Test
  void everyStepIsInTheTable() throws IOException {
    List<String> commands = commands();
    assertThat(STEPS).hasSameSizeAs(commands);
    for (int i = 0; i < STEPS.size(); i++) {
      assertThat(commands.get(i)).startsWith(STEPS.get(i).begins());
    }
  }

  static List<Step> steps() {
    return STEPS;
  }

  @ParameterizedTest
  @MethodSource("steps")
  void withoutAStepTheAccountComplains(Step step) throws IOException {
    List<String> commands = commands();
    commands.remove(STEPS.indexOf(step));
    assertThat(wrong(commands)).contains(step.complaint());
  }

  /** The two orders that the page once had wrong, and the teardown's. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          git -C ../backend push    | aws cloudformation deploy --stack-name booking-backend  | the build of backend finds no buildspec.yml
          git -C ../frontend push   | aws cloudformation deploy --stack-name booking-frontend | the build of frontend finds no buildspec.yml
          (umask 077; ${EDITOR:-vi} slack.json | SLACK_SECRET_ARN= | slack.json does not exist
          aws cloudformation delete-stack --stack-name booking-site | aws cloudformation delete-stack --stack-name booking-certificate | the certificate is in use by booking-site
          """)
  void theOtherOrderIsWrong(String first, String second, String complaint) throws IOException {
    List<String> commands = commands();
    Collections.swap(commands, position(first), position(second));
    assertThat(wrong(commands)).contains(complaint);
  }

  @ParameterizedTest
  @CsvSource({
    "booking-network, AWS::EC2::Instance",
    "booking-site, AWS::CloudWatch::Dashboard",
    "crossfade, AWS::Logs::LogGroup",
    "booking-backend, AWS::Events::Rule"
  })
  void aCreationThatFailedCanBeTriedAgain(String stack, String failing) throws IOException {
    List<String> commands = commands();
    int deploy =
        commands.indexOf(
            commands.stream()
                .filter(command -> command.contains("deploy --stack-name " + stack + " "))
                .findFirst()
                .orElseThrow());
    commands.addAll(
        deploy,
        List.of(
            "ask plant " + failing,
            "{ ! " + commands.get(deploy) + "; } 2>/dev/null; rm \"$ACCOUNT/complaints\"",
            "ask plant",
            "aws cloudformation delete-stack --stack-name " + stack,
            "aws cloudformation wait stack-delete-complete --stack-name " + stack));
    assertThat(wrong(commands)).isEmpty();
  }

  /** The model's own parsing is not the last word. */
  @ParameterizedTest
  @CsvSource({"aws, 5, awscli", "sam, 1, aws-sam-cli"})
  void theToolItselfTakesTheParametersAsMeant(String tool, int commands, String toInstall)
      throws IOException {
    List<String> until = commands().subList(0, position("aws codepipeline get-pipeline-state"));
    Path lines = folder.resolve("lines");
    until.add("ask parameters_of %s >'%s'".formatted(tool, lines));
    assertThat(AccountModel.run(folder, until).output()).doesNotContain("complaint:");
    String script = "src/test/resources/infrastructure/cli_parameters.py";
    Tool.Run run =
        Tool.run(
            List.of("bash", "-c", "python3 %s %s <'%s'".formatted(script, tool, lines)),
            Map.of(),
            Path.of(""));
    Tool.require(
        run.exit() != 77,
        toInstall + " is not installed: its parsing of the walkthrough's parameters is not tested");
    assertThat(run.output().strip()).isEqualTo(commands + " commands");
  }

  private static int position(String begins) {
    for (int i = 0; i < STEPS.size(); i++) {
      if (STEPS.get(i).begins().startsWith(begins)) {
        return i;
      }
    }
    throw new AssertionError("no step begins with " + begins);
  }

  /** What stopped the commands, or else what they leave in the account and should not. */
  private String wrong(List<String> commands) throws IOException {
    String output = AccountModel.run(folder, commands).output();
    int remains = output.indexOf("remains:\n");
    if (remains < 0) {
      return output.substring(Math.max(0, output.length() - 1000));
    }
    List<String> left = new ArrayList<>(output.substring(remains).lines().skip(1).toList());
    assertThat(left).containsAll(LEFT);
    left.removeAll(LEFT);
    return String.join("\n", left);
  }

  private static List<String> commands() throws IOException {
    return new ArrayList<>(DocumentCommands.of("docs/walkthrough.md"));
  }
}
