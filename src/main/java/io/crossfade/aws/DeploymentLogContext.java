package io.crossfade.aws;

import io.crossfade.release.AboutDeployment;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.jboss.logging.MDC;

/**
 * Puts the deployment's id into every line that a handler logs. A call that could be about one and
 * is about none is the template's schedule's, which asks for nothing but a running function.
 */
@Interceptor
@Handler
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
public class DeploymentLogContext {
  /** What the field is called in a line's {@code mdc}. */
  static final String FIELD = "deployment";

  @AroundInvoke
  Object around(InvocationContext call) throws Exception {
    if (call.getParameters()[0] instanceof AboutDeployment about) {
      if (about.deploymentId().isEmpty()) {
        return null;
      }
      MDC.put(FIELD, about.deploymentId());
    }
    try {
      return call.proceed();
    } finally {
      MDC.remove(FIELD);
    }
  }
}
