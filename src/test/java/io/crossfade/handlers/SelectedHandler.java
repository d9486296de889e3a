package io.crossfade.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.quarkus.amazon.lambda.runtime.AmazonLambdaRecorder;
import io.quarkus.amazon.lambda.runtime.AmazonLambdaRecorder.RequestHandlerDefinition;
import io.quarkus.amazon.lambda.runtime.LambdaConfig;
import io.quarkus.amazon.lambda.runtime.MockEventServerConfig;
import io.quarkus.arc.Arc;
import io.quarkus.arc.InjectableBean;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.runtime.RuntimeValue;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Has the running application answer as another of its functions. The choice is Quarkus's own, made
 * once more: so are the types that it reads and writes.
 */
final class SelectedHandler {
  private SelectedHandler() {}

  /**
   * @param name what {@code QUARKUS_LAMBDA_HANDLER} is on Lambda
   */
  static void select(String name) {
    new AmazonLambdaRecorder(new RuntimeValue<>(new Config(name)))
        .chooseHandlerClass(List.of(), definitions(), List.of(), Map.of());
  }

  /** Of every handler, by its name. */
  private static Map<String, RequestHandlerDefinition> definitions() {
    return Arc.container().listAll(new TypeLiteral<RequestHandler<?, ?>>() {}).stream()
        .map(InstanceHandle::getBean)
        .collect(
            Collectors.toMap(InjectableBean::getName, bean -> definition(bean.getBeanClass())));
  }

  private static RequestHandlerDefinition definition(Class<?> bean) {
    Class<? extends RequestHandler<?, ?>> type = handler(bean);
    Method handle = handleRequest(type);
    return new RequestHandlerDefinition(
        type, handle.getDeclaringClass(), handle.getParameterTypes()[0], handle.getReturnType());
  }

  @SuppressWarnings("unchecked")
  private static Class<? extends RequestHandler<?, ?>> handler(Class<?> type) {
    return (Class<? extends RequestHandler<?, ?>>) type.asSubclass(RequestHandler.class);
  }

  /** Not the bridge that the compiler adds, whose types are Object. */
  private static Method handleRequest(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> method.getName().equals("handleRequest") && !method.isBridge())
        .filter(method -> method.getParameterTypes()[1] == Context.class)
        .findFirst()
        .orElseThrow();
  }

  private record Config(String name) implements LambdaConfig {
    @Override
    public Optional<String> handler() {
      return Optional.of(name);
    }

    @Override
    public MockEventServerConfig mockEventServer() {
      throw new UnsupportedOperationException("not asked for when a handler is chosen");
    }
  }
}
