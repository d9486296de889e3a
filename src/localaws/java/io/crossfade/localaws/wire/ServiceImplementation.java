package io.crossfade.localaws.wire;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;

/** A service as an object that implements the SDK's client interface, called by operation name. */
final class ServiceImplementation {
  private final Object service;
  private final Map<String, Method> operations;

  ServiceImplementation(Class<?> clientInterface, Object service) {
    this.service = service;
    this.operations =
        Arrays.stream(clientInterface.getMethods())
            .filter(ServiceImplementation::isOperation)
            .collect(
                Collectors.toMap(ServiceImplementation::key, method -> method, (one, same) -> one));
  }

  private static boolean isOperation(Method method) {
    return method.getParameterCount() == 1
        && SdkRequest.class.isAssignableFrom(method.getParameterTypes()[0])
        && SdkResponse.class.isAssignableFrom(method.getReturnType());
  }

  private static String key(Method method) {
    String request = method.getParameterTypes()[0].getSimpleName();
    return request.replaceAll("Request$", "").toLowerCase(Locale.ROOT);
  }

  boolean knows(String operation) {
    return operations.containsKey(operation.toLowerCase(Locale.ROOT));
  }

  /** An empty builder of the operation's request. */
  SdkPojo requestBuilder(String operation) {
    return SdkModel.builder(method(operation).getParameterTypes()[0]);
  }

  SdkPojo call(String operation, Object request) {
    try {
      return (SdkPojo) method(operation).invoke(service, request);
    } catch (InvocationTargetException e) {
      throw unchecked(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private Method method(String operation) {
    return operations.get(operation.toLowerCase(Locale.ROOT));
  }

  private static RuntimeException unchecked(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
  }
}
