package io.crossfade.localaws.wire;

import java.util.function.Supplier;

/**
 * Sees every call. An {@link software.amazon.awssdk.awscore.exception.AwsServiceException} thrown
 * here becomes the answer: from {@link #before} the call fails without an effect, from {@link
 * #after} it fails although its effect happened. A {@link DroppedConnection} closes the connection.
 */
public interface CallInterceptor {
  default void before(Call call) {}

  /**
   * Carries the call out, or does something else instead.
   *
   * @param effect what the service does; it may be left out, and its answer may be replaced by an
   *     earlier one of the same kind of call
   */
  default <R> R around(Call call, Supplier<R> effect) {
    return effect.get();
  }

  /**
   * Changes an answer as it goes out, to what no object of the SDK can hold: a service that knows
   * more than the SDK's model of it.
   *
   * @param name of the operation, such as {@code ecs:DescribeTaskDefinition}
   * @param body JSON, XML or CBOR
   */
  default byte[] edit(String name, byte[] body) {
    return body;
  }

  default void after(Call call, Object response) {}
}
