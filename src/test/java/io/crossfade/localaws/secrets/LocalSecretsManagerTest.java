package io.crossfade.localaws.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.localaws.Account;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/** Over the wire, with the SDK's own client. */
class LocalSecretsManagerTest {
  private static final String ARN =
      "arn:aws:secretsmanager:eu-central-1:123456789012:secret:crossfade/slack-LoCaL1";

  private final Account account = new Account();
  private final SecretsManagerClient secrets = account.client(SecretsManagerClient.builder());

  @BeforeEach
  void create() {
    secrets.createSecret(r -> r.name("crossfade/slack").secretString("one"));
  }

  @AfterEach
  void close() {
    account.close();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          crossfade/slack
          arn:aws:secretsmanager:eu-central-1:123456789012:secret:crossfade/slack-LoCaL1
          arn:aws:secretsmanager:eu-central-1:123456789012:secret:crossfade/slack
          """)
  void secretIsFoundByNameAndByArn(String id) {
    var value = secrets.getSecretValue(r -> r.secretId(id));
    assertThat(value.secretString()).isEqualTo("one");
    assertThat(value.arn()).isEqualTo(ARN);
    assertThat(value.versionStages()).containsExactly("AWSCURRENT");
    assertThat(secrets.describeSecret(r -> r.secretId(id)).name()).isEqualTo("crossfade/slack");
  }

  @Test
  void newValueIsCurrentAndTheOneBeforeItPrevious() {
    secrets.putSecretValue(r -> r.secretId(ARN).secretString("two"));
    secrets.putSecretValue(r -> r.secretId(ARN).secretString("three"));

    assertThat(value("AWSCURRENT")).isEqualTo("three");
    assertThat(value("AWSPREVIOUS")).isEqualTo("two");
    assertThat(secrets.describeSecret(r -> r.secretId(ARN)).versionIdsToStages().values())
        .containsExactlyInAnyOrder(List.of("AWSCURRENT"), List.of("AWSPREVIOUS"));
  }

  @Test
  void valueWithALabelOfItsOwnLeavesTheCurrentOneAlone() {
    secrets.putSecretValue(r -> r.secretId(ARN).secretString("two").versionStages("AWSPENDING"));

    assertThat(value("AWSPENDING")).isEqualTo("two");
    assertThat(value(null)).isEqualTo("one");
  }

  @Test
  void requestThatIsRepeatedUnderItsTokenMakesOneVersion() {
    String token = "11111111-1111-4111-8111-111111111111";
    secrets.putSecretValue(r -> r.secretId(ARN).secretString("two").clientRequestToken(token));
    secrets.putSecretValue(r -> r.secretId(ARN).secretString("two").clientRequestToken(token));

    assertThat(secrets.getSecretValue(r -> r.secretId(ARN)).versionId()).isEqualTo(token);
    assertThat(value("AWSPREVIOUS")).isEqualTo("one");
    assertThatThrownBy(
            () ->
                secrets.putSecretValue(
                    r -> r.secretId(ARN).secretString("three").clientRequestToken(token)))
        .isInstanceOf(ResourceExistsException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          gone            | -          | Secrets Manager can't find the specified secret.
          crossfade/slack | AWSPENDING | Secrets Manager can't find the specified secret value for staging label: AWSPENDING
          """)
  void whatIsNotThereIsNotFound(String id, String stage, String message) {
    assertThatThrownBy(() -> secrets.getSecretValue(r -> r.secretId(id).versionStage(stage)))
        .isInstanceOfSatisfying(
            ResourceNotFoundException.class,
            e -> {
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ResourceNotFoundException");
              assertThat(e.awsErrorDetails().errorMessage()).isEqualTo(message);
            });
  }

  @Test
  void secretWithoutAValueHasNoCurrentOne() {
    secrets.createSecret(r -> r.name("empty"));

    assertThatThrownBy(() -> secrets.getSecretValue(r -> r.secretId("empty")))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("staging label: AWSCURRENT");
  }

  @Test
  void nameIsTakenOnce() {
    assertThatThrownBy(() -> secrets.createSecret(r -> r.name("crossfade/slack")))
        .isInstanceOf(ResourceExistsException.class);
    assertThatThrownBy(() -> secrets.createSecret(r -> r.name("no blanks")))
        .isInstanceOf(InvalidParameterException.class);
  }

  @Test
  void storeCreatesOrReplaces() {
    assertThat(account.aws().secrets().store("crossfade/slack", "two")).isEqualTo(ARN);
    assertThat(account.aws().secrets().store("other", "x")).endsWith(":secret:other-LoCaL1");
    assertThat(value(null)).isEqualTo("two");
  }

  @Test
  void whatIsNotEmulatedFailsByName() {
    assertThatThrownBy(() -> secrets.deleteSecret(r -> r.secretId(ARN)))
        .isInstanceOf(SecretsManagerException.class)
        .hasMessageContaining("not emulated: secretsmanager:DeleteSecret");
  }

  private String value(String stage) {
    return secrets.getSecretValue(r -> r.secretId(ARN).versionStage(stage)).secretString();
  }
}
