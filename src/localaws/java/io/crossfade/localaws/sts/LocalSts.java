package io.crossfade.localaws.sts;

import io.crossfade.localaws.sdk.Arns;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Security Token Service: whoever asks is the same user of the one account. */
public final class LocalSts implements StsClient {
  @Override
  public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest request) {
    return GetCallerIdentityResponse.builder()
        .account(Arns.ACCOUNT)
        .userId("AIDALOCAL")
        .arn("arn:aws:iam::%s:user/local".formatted(Arns.ACCOUNT))
        .build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
