package io.crossfade.models;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The errors that an operation may answer with: those of its model, and those of every service. */
record ModeledErrors(ServiceModel model, JsonNode operation) {
  /**
   * From "Common errors" of the services' API references. Two stand in none of them: AWS's JSON
   * services answer {@code SerializationException} to what they cannot parse, and the SDKs take
   * {@code RequestLimitExceeded} for throttling from any service.
   */
  private static final Set<String> COMMON =
      Set.of(
          "AccessDenied",
          "AccessDeniedException",
          "ExpiredTokenException",
          "IncompleteSignature",
          "InternalFailure",
          "InternalServiceError",
          "InvalidAction",
          "InvalidParameterCombination",
          "InvalidParameterValue",
          "MissingParameter",
          "RequestLimitExceeded",
          "RequestTimeout",
          "SerializationException",
          "ServiceUnavailable",
          "Throttling",
          "ThrottlingException",
          "UnknownOperationException",
          "UnrecognizedClientException",
          "ValidationError",
          "ValidationException");

  /** What the local AWS says of an operation or a parameter that it does not emulate. */
  private static final int NOT_IMPLEMENTED = 501;

  Optional<JsonNode> byShape(String name) {
    return shapes().stream().filter(shape -> shape.equals(name)).map(model::shape).findFirst();
  }

  /**
   * @param name as a response says it: the name of the shape, or its code
   */
  List<String> findings(String name, int status) {
    if (status == NOT_IMPLEMENTED || COMMON.contains(name)) {
      return List.of();
    }
    Optional<JsonNode> shape =
        shapes().stream()
            .filter(one -> one.equals(name) || code(one).equals(name))
            .map(model::shape)
            .findFirst();
    if (shape.isEmpty()) {
      return List.of("the operation has no error " + name);
    }
    JsonNode expected = shape.get().path("error").path("httpStatusCode");
    return expected.isMissingNode() || expected.asInt() == status
        ? List.of()
        : List.of(name + " must have the status " + expected + ", has " + status);
  }

  private String code(String shape) {
    return model.shape(shape).path("error").path("code").asText(shape);
  }

  private List<String> shapes() {
    List<String> shapes = new ArrayList<>();
    operation.path("errors").forEach(error -> shapes.add(error.path("shape").asText()));
    return shapes;
  }
}
