package io.crossfade.localaws.secrets;

import io.crossfade.localaws.ScaledClock;
import io.crossfade.localaws.sdk.Arns;
import io.crossfade.localaws.sdk.Page;
import io.crossfade.localaws.sdk.SdkMembers;
import io.crossfade.localaws.sdk.ServiceErrors;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsRequest;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsResponse;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/** Secrets that hold text. An ARN ends in the same six characters as in a resolved template. */
public final class LocalSecretsManager implements SecretsManagerClient {
  // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9/_+=.@-]{1,512}");
  private static final ServiceErrors ERRORS =
      new ServiceErrors("SecretsManager", SecretsManagerException.class);
  private static final String SUFFIX = "-LoCaL1";
  private static final int MAX_VALUE_CHARACTERS = 65_536;
  private static final int MAX_PER_PAGE = 100;

  private final ScaledClock clock;
  private final Map<String, Secret> secrets = new ConcurrentHashMap<>();

  public LocalSecretsManager(ScaledClock clock) {
    this.clock = clock;
  }

  /** The ARN that a secret of this name has, whether it is there or not. */
  public static String arn(String name) {
    return Arns.of("secretsmanager", "secret:" + name + SUFFIX);
  }

  /** Sets a secret's value, whether it was there or not, and returns its ARN. */
  public String store(String name, String value) {
    if (!secrets.containsKey(name)) {
      return createSecret(r -> r.name(name).secretString(value)).arn();
    }
    return putSecretValue(r -> r.secretId(name).secretString(value)).arn();
  }

  @Override
  public synchronized CreateSecretResponse createSecret(CreateSecretRequest in) {
    SdkMembers.requireOnly(in, "Name", "ClientRequestToken", "Description", "SecretString");
    requireName(in.name());
    if (secrets.containsKey(in.name())) {
      throw ERRORS.modeled(
          "ResourceExistsException",
          "The operation failed because the secret " + in.name() + " already exists.");
    }
    Secret secret = new Secret(in.name(), arn(in.name()), in.description(), clock.now());
    CreateSecretResponse.Builder out =
        CreateSecretResponse.builder().name(in.name()).arn(secret.arn());
    if (in.secretString() != null) {
      SecretVersion version = version(in.clientRequestToken(), in.secretString());
      secret.put(version, List.of(Secret.CURRENT));
      out.versionId(version.id());
    }
    secrets.put(in.name(), secret);
    return out.build();
  }

  @Override
  public synchronized PutSecretValueResponse putSecretValue(PutSecretValueRequest in) {
    SdkMembers.requireOnly(in, "SecretId", "ClientRequestToken", "SecretString", "VersionStages");
    Secret secret = secret(in.secretId());
    SecretVersion version = version(in.clientRequestToken(), in.secretString());
    SecretVersion before = secret.version(version.id()).orElse(version);
    if (!before.value().equals(version.value())) {
      throw ERRORS.modeled(
          "ResourceExistsException",
          "You provided a ClientRequestToken that already exists with other content: "
              + version.id());
    }
    secret.put(before, in.hasVersionStages() ? in.versionStages() : List.of(Secret.CURRENT));
    return PutSecretValueResponse.builder()
        .arn(secret.arn())
        .name(secret.name())
        .versionId(version.id())
        .versionStages(secret.stages(version.id()))
        .build();
  }

  @Override
  public synchronized GetSecretValueResponse getSecretValue(GetSecretValueRequest in) {
    Secret secret = secret(in.secretId());
    SecretVersion version = wanted(secret, in);
    return GetSecretValueResponse.builder()
        .arn(secret.arn())
        .name(secret.name())
        .versionId(version.id())
        .versionStages(secret.stages(version.id()))
        .secretString(version.value())
        .createdDate(version.created())
        .build();
  }

  private static SecretVersion wanted(Secret secret, GetSecretValueRequest in) {
    if (in.versionId() == null) {
      String stage = in.versionStage() == null ? Secret.CURRENT : in.versionStage();
      return secret.labelled(stage).orElseThrow(() -> noLabel(stage));
    }
    SecretVersion version =
        secret
            .version(in.versionId())
            .orElseThrow(
                () ->
                    ERRORS.modeled(
                        "ResourceNotFoundException",
                        "Secrets Manager can't find the specified secret value for VersionId: "
                            + in.versionId()));
    if (in.versionStage() != null && !secret.stages(version.id()).contains(in.versionStage())) {
      throw noLabel(in.versionStage());
    }
    return version;
  }

  private static AwsServiceException noLabel(String stage) {
    return ERRORS.modeled(
        "ResourceNotFoundException",
        "Secrets Manager can't find the specified secret value for staging label: " + stage);
  }

  @Override
  public synchronized DescribeSecretResponse describeSecret(DescribeSecretRequest in) {
    Secret secret = secret(in.secretId());
    return DescribeSecretResponse.builder()
        .arn(secret.arn())
        .name(secret.name())
        .description(secret.description())
        .createdDate(secret.created())
        .lastChangedDate(secret.changed().orElse(secret.created()))
        .versionIdsToStages(secret.stagesOfVersions())
        .build();
  }

  /** By name. On AWS the order is by date. */
  @Override
  public synchronized ListSecretsResponse listSecrets(ListSecretsRequest in) {
    SdkMembers.requireOnly(in, "MaxResults", "NextToken");
    int size = in.maxResults() == null ? MAX_PER_PAGE : in.maxResults();
    if (size < 1 || size > MAX_PER_PAGE) {
      throw ERRORS.modeled(
          "InvalidParameterException", "MaxResults is 1 to 100, found " + in.maxResults());
    }
    List<SecretListEntry> all =
        secrets.values().stream()
            .sorted(Comparator.comparing(Secret::name))
            .map(LocalSecretsManager::listed)
            .toList();
    Page<SecretListEntry> page =
        Page.of(
            all,
            in.nextToken(),
            size,
            () -> ERRORS.modeled("InvalidNextTokenException", "The NextToken value is invalid."));
    return ListSecretsResponse.builder().secretList(page.items()).nextToken(page.next()).build();
  }

  private static SecretListEntry listed(Secret secret) {
    return SecretListEntry.builder()
        .arn(secret.arn())
        .name(secret.name())
        .description(secret.description())
        .createdDate(secret.created())
        .lastChangedDate(secret.changed().orElse(secret.created()))
        .secretVersionsToStages(secret.stagesOfVersions())
        .build();
  }

  /** Finds a secret by name, by ARN, or by an ARN without its last six characters. */
  private Secret secret(String id) {
    return secrets.values().stream()
        .filter(
            secret ->
                secret.name().equals(id)
                    || secret.arn().equals(id)
                    || secret.arn().equals(id + SUFFIX))
        .findFirst()
        .orElseThrow(
            () ->
                ERRORS.modeled(
                    "ResourceNotFoundException",
                    "Secrets Manager can't find the specified secret."));
  }

  private SecretVersion version(String token, String value) {
    if (value == null) {
      throw ERRORS.modeled(
          "InvalidParameterException", "You must provide either SecretString or SecretBinary.");
    }
    if (value.isEmpty() || value.length() > MAX_VALUE_CHARACTERS) {
      throw ERRORS.modeled(
          "InvalidParameterException", "SecretString must have 1 to 65536 characters");
    }
    Instant now = clock.now();
    return new SecretVersion(token == null ? UUID.randomUUID().toString() : token, value, now);
  }

  private static void requireName(String name) {
    if (name == null || !NAME.matcher(name).matches()) {
      throw ERRORS.modeled(
          "InvalidParameterException",
          "Invalid name. Must be a valid name containing alphanumeric characters, or any of the"
              + " following: -/_+=.@!");
    }
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
