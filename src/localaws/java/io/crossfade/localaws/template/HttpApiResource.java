package io.crossfade.localaws.template;

import java.util.List;

/**
 * An HTTP API of the template.
 *
 * @param id what Ref gives, the first part of its host name
 * @param iam whether every route wants a request that IAM allows
 */
public record HttpApiResource(String logicalId, String id, List<HttpRoute> routes, boolean iam) {
  public HttpApiResource {
    routes = List.copyOf(routes);
  }
}
