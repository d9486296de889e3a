package io.crossfade.localaws.wire;

import io.crossfade.localaws.wire.ProtocolError.ErrorResponse;
import software.amazon.awssdk.core.SdkPojo;

/** One of AWS's ways to put a call into an HTTP request. */
interface Protocol {
  boolean speaks(WireRequest request);

  String operation(WireRequest request);

  /** The service's signing name, for a request that is not signed. */
  String service(WireRequest request);

  /** Fills the builder. A parameter that the model does not know is an error. */
  void read(WireRequest request, SdkPojo builder);

  WireResponse writeResponse(WireRequest request, SdkPojo response, String requestId);

  WireResponse writeError(WireRequest request, ErrorResponse error, String requestId);
}
