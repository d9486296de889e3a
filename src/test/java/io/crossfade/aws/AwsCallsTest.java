package io.crossfade.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.release.PermanentFailure;
import io.crossfade.release.TransientFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ecs.model.EcsException;

class AwsCallsTest {
  @ParameterizedTest
  @CsvSource({
    "ThrottlingException, 400, true",
    "RequestLimitExceeded, 400, true",
    "TooManyRequestsException, 429, true",
    "ServerException, 500, true",
    "InternalFailure, 500, true",
    "ServiceUnavailable, 503, true",
    "UpdateInProgressException, 400, true",
    "RuleNotFound, 400, false",
    "AccessDeniedException, 400, false",
    "InvalidParameterException, 400, false",
    "ClusterNotFoundException, 400, false"
  })
  void whatMayPassIsTransientAndTheRestIsNot(String code, int status, boolean passes) {
    var refused =
        EcsException.builder()
            .statusCode(status)
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .serviceName("Ecs")
                    .errorCode(code)
                    .errorMessage("because")
                    .build())
            .build();
    assertThatThrownBy(
            () ->
                AwsCalls.run(
                    () -> {
                      throw refused;
                    }))
        .isExactlyInstanceOf(passes ? TransientFailure.class : PermanentFailure.class)
        .hasMessage("Ecs answered %s: because".formatted(code))
        .hasCause(refused);
  }

  @Test
  void aConnectionThatBreaksOrHangsIsTransient() {
    assertThatThrownBy(
            () ->
                AwsCalls.run(
                    () -> {
                      throw SdkClientException.create("reset");
                    }))
        .isInstanceOf(TransientFailure.class);
    assertThatThrownBy(
            () ->
                AwsCalls.run(
                    () -> {
                      throw ApiCallTimeoutException.create(5000);
                    }))
        .isInstanceOf(TransientFailure.class);
  }

  @Test
  void anAnswerIsAnAnswer() {
    assertThat(AwsCalls.call(() -> 7)).isEqualTo(7);
  }
}
