package io.crossfade.aws;

import io.crossfade.release.Deployment;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

/**
 * Adds to the document how many requests a handler sent to AWS. Lambda calls a function's process
 * once at a time. An invocation that fails hands on no document, and its requests are not counted.
 */
@Interceptor
@Handler
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 1)
public class CallCounting {
  @AroundInvoke
  Object around(InvocationContext call) throws Exception {
    CallCounter.reset();
    Object answer = call.proceed();
    return answer instanceof Deployment deployment
        ? deployment.withCalls(CallCounter.sent())
        : answer;
  }
}
