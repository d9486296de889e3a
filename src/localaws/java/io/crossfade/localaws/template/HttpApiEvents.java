package io.crossfade.localaws.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Function events of type HttpApi
 * (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-httpapi.html)
 * and the APIs that they belong to.
 */
final class HttpApiEvents {
  static final String TYPE = "HttpApi";
  private static final String API = "AWS::Serverless::HttpApi";
  private static final Set<String> PROPERTIES =
      Set.of("ApiId", "Method", "Path", "PayloadFormatVersion", "TimeoutInMillis");
  private static final Set<String> API_PROPERTIES =
      Set.of(
          "Name",
          "Description",
          "Auth",
          "StageName",
          "AccessLogSettings",
          "DefaultRouteSettings",
          "RouteSettings",
          "FailOnWarnings",
          "Tags",
          "PropagateTags");

  private HttpApiEvents() {}

  static void check(JsonNode event) {
    route("", event);
  }

  static HttpRoute route(String functionName, JsonNode event) {
    JsonNode properties = event.path("Properties");
    FunctionEvents.requireOnly(properties, PROPERTIES, "HttpApi event");
    for (String needed : List.of("ApiId", "Method", "Path")) {
      if (!properties.path(needed).isTextual()) {
        throw new TemplateError("an HttpApi event needs " + needed);
      }
    }
    String version = properties.path("PayloadFormatVersion").asText("2.0");
    if (!version.equals("2.0")) {
      throw new TemplateError("not emulated: PayloadFormatVersion " + version);
    }
    return new HttpRoute(
        properties.get("ApiId").asText(),
        functionName,
        properties.get("Method").asText().toUpperCase(Locale.ROOT),
        properties.get("Path").asText());
  }

  static List<HttpApiResource> apis(ResolvedTemplate template) {
    List<HttpRoute> routes = template.httpRoutes();
    return template.ofType(API).entrySet().stream().map(api -> api(template, api, routes)).toList();
  }

  private static HttpApiResource api(
      ResolvedTemplate template, Map.Entry<String, JsonNode> api, List<HttpRoute> routes) {
    FunctionEvents.requireOnly(api.getValue(), API_PROPERTIES, api.getKey());
    String stage = api.getValue().path("StageName").asText("$default");
    if (!stage.equals("$default")) {
      throw new TemplateError("not emulated: StageName %s (%s)".formatted(stage, api.getKey()));
    }
    String id = template.ref(api.getKey());
    return new HttpApiResource(
        api.getKey(),
        id,
        routes.stream().filter(r -> r.apiId().equals(id)).toList(),
        iam(api.getKey(), api.getValue().path("Auth")));
  }

  /**
   * Of the authorizers only IAM, for all routes of an API
   * (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-httpapi-httpapiauth.html).
   */
  private static boolean iam(String api, JsonNode auth) {
    if (auth.isMissingNode()) {
      return false;
    }
    FunctionEvents.requireOnly(auth, Set.of("EnableIamAuthorizer", "DefaultAuthorizer"), api);
    if (!auth.path("EnableIamAuthorizer").asBoolean()
        || !auth.path("DefaultAuthorizer").asText().equals("AWS_IAM")) {
      throw new TemplateError("not emulated: Auth %s (%s)".formatted(auth, api));
    }
    return true;
  }
}
