package io.crossfade.localaws.faults;

import io.crossfade.localaws.sdk.ServiceErrors;
import io.crossfade.localaws.wire.Call;
import io.crossfade.localaws.wire.CallInterceptor;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers the next calls of an operation with an error instead of carrying them out. */
public final class ErrorInjector implements CallInterceptor {
  private final String name;
  private final AtomicInteger left;
  private final String code;
  private final int status;

  public ErrorInjector(String name, int times, String code, int status) {
    this.name = name;
    this.left = new AtomicInteger(times);
    this.code = code;
    this.status = status;
  }

  @Override
  public void before(Call call) {
    if (call.name().equals(name) && left.getAndDecrement() > 0) {
      throw ServiceErrors.plain(call.service(), status, code, "not now");
    }
  }
}
