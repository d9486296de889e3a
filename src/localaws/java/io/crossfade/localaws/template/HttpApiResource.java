package io.crossfade.localaws.template;

import java.util.List;

/**
 * An HTTP API of the template.
 *
 * @param id what Ref gives, the first part of its host name
 */
public record HttpApiResource(String logicalId, String id, List<HttpRoute> routes) {
  public HttpApiResource {
    routes = List.copyOf(routes);
  }
}
