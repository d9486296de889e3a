package io.crossfade.localaws.iam;

import io.crossfade.localaws.sdk.Arns;
import io.crossfade.localaws.sdk.ServiceErrors;
import io.crossfade.localaws.template.FunctionResource;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** The errors by which the services refuse access. */
final class AccessDeniedErrors {
  private record Response(int status, String code) {}

  private static final Response JSON = new Response(400, "AccessDeniedException");
  private static final Map<String, Response> OTHERS =
      Map.of(
          "elasticloadbalancing", new Response(403, "AccessDenied"),
          "lambda", new Response(403, "AccessDeniedException"),
          "monitoring", new Response(403, "AccessDenied"),
          "s3", new Response(403, "AccessDenied"),
          "sns", new Response(403, "AuthorizationError"));

  private AccessDeniedErrors() {}

  /**
   * @param explicit whether a statement denies it, instead of none allowing it
   */
  static AwsServiceException error(
      String service, FunctionResource function, AccessRequest request, boolean explicit) {
    String why =
        explicit
            ? "with an explicit deny in an identity-based policy"
            : "because no identity-based policy allows the %s action".formatted(request.action());
    String message =
        "User: arn:aws:sts::%s:assumed-role/%s/%s is not authorized to perform: %s on resource: %s %s"
            .formatted(
                Arns.ACCOUNT,
                role(function),
                function.name(),
                request.action(),
                request.resource(),
                why);
    Response response = OTHERS.getOrDefault(service, JSON);
    return ServiceErrors.plain(service, response.status(), response.code(), message);
  }

  /** SAM makes a role for each function and names it after it. */
  private static String role(FunctionResource function) {
    return "crossfade-" + function.logicalId() + "Role";
  }
}
