package io.crossfade.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

class SecretsManagerSlackSecretsTest {
  private final Store store = new Store();
  private final SlackSecrets secrets =
      new SecretsManagerSlackSecrets(store, new ObjectMapper(), new Installed());

  @Test
  void aSecretIsReadOnce() {
    store.token = "first";
    assertThat(secrets.current().botToken()).isEqualTo("first");
    store.token = "second";
    assertThat(secrets.current().botToken()).isEqualTo("first");
    assertThat(store.reads).isEqualTo(1);
  }

  @Test
  void aRotatedSecretIsReadAgainHoweverSoonAfterTheFirstReading() {
    store.token = "first";
    secrets.current();
    store.token = "second";
    assertThat(secrets.renewed().botToken()).isEqualTo("second");
    assertThat(secrets.current().botToken()).isEqualTo("second");
  }

  @Test
  void whoeverSendsNonsenseDoesNotMakeUsReadItAllTheTime() {
    store.token = "first";
    secrets.current();
    for (int i = 0; i < 100; i++) {
      assertThat(secrets.renewed().botToken()).isEqualTo("first");
    }
    assertThat(store.reads).isEqualTo(2);
  }

  private static final class Store implements SecretsManagerClient {
    private String token;
    private int reads;

    @Override
    public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
      reads++;
      String text = "{\"signingSecret\": \"s\", \"botToken\": \"%s\"}".formatted(token);
      return GetSecretValueResponse.builder().secretString(text).build();
    }

    @Override
    public String serviceName() {
      return "secretsmanager";
    }

    @Override
    public void close() {}
  }

  private static final class Installed implements SlackConfig {
    @Override
    public Optional<String> secretArn() {
      return Optional.of("arn:aws:secretsmanager:eu-central-1:123456789012:secret:slack");
    }

    @Override
    public Optional<String> channel() {
      return Optional.empty();
    }

    @Override
    public Optional<String> teamId() {
      return Optional.empty();
    }

    @Override
    public Optional<String> appId() {
      return Optional.empty();
    }

    @Override
    public Optional<String> approvers() {
      return Optional.empty();
    }

    @Override
    public Optional<String> otherAuthors() {
      return Optional.empty();
    }

    @Override
    public boolean authorMayApprove() {
      return true;
    }

    @Override
    public String hooksUrl() {
      return "https://hooks.slack.com/";
    }
  }
}
