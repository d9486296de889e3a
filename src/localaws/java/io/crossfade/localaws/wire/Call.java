package io.crossfade.localaws.wire;

/**
 * One call as it arrived.
 *
 * @param service the signing name, such as {@code ecs}
 * @param operation as AWS spells it, such as {@code UpdateService}
 * @param accessKeyId of the caller; empty if the request was not signed
 * @param request the SDK's own request object
 */
public record Call(String service, String operation, String accessKeyId, Object request) {
  /** "ecs:UpdateService". */
  public String name() {
    return service + ":" + operation;
  }
}
