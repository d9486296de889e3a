package io.crossfade.localaws.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The {@code errorType} of a function's error document. */
final class ErrorType {
  private ErrorType() {}

  static String in(String body) {
    try {
      return new ObjectMapper().readTree(body).path("errorType").asText("Lambda.Unknown");
    } catch (JsonProcessingException notJson) {
      return "Lambda.Unknown";
    }
  }
}
