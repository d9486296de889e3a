package io.crossfade.localaws.template;

import java.util.Objects;

/**
 * A route of an HTTP API to a function.
 *
 * @param method in upper case; ANY for all
 * @param path literal, beginning with a slash; parameters are not emulated
 */
public record HttpRoute(String apiId, String functionName, String method, String path) {
  public HttpRoute {
    Objects.requireNonNull(apiId, "apiId");
    Objects.requireNonNull(functionName, "functionName");
    Objects.requireNonNull(method, "method");
    if (!path.startsWith("/") || path.contains("{")) {
      throw new TemplateError("not emulated: HttpApi path " + path);
    }
  }

  /** As it stands in an event, such as {@code POST /slack}. */
  public String key() {
    return method + " " + path;
  }
}
