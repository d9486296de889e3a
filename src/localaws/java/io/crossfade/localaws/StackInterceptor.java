package io.crossfade.localaws;

import io.crossfade.localaws.states.FunctionInvoker;

/** Changes a stack while it is made: to plant a defect, or to watch its functions. */
public interface StackInterceptor {
  StackInterceptor NONE = new StackInterceptor() {};

  /** The state machine as it shall be. */
  default String definition(String definition) {
    return definition;
  }

  /** Stands between those who invoke functions and the functions. */
  default FunctionInvoker functions(FunctionInvoker real) {
    return real;
  }
}
