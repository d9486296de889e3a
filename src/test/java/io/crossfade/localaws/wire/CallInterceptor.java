package io.crossfade.localaws.wire;

/**
 * Sees every call. An {@link software.amazon.awssdk.awscore.exception.AwsServiceException} thrown
 * here becomes the answer: from {@link #before} the call fails without an effect, from {@link
 * #after} it fails although its effect happened.
 */
public interface CallInterceptor {
  default void before(Call call) {}

  default void after(Call call, Object response) {}
}
