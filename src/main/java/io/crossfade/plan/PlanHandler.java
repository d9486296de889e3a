package io.crossfade.plan;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Named;

@Named("plan")
public class PlanHandler implements RequestHandler<JsonNode, JsonNode> {
  @Override
  public JsonNode handleRequest(JsonNode input, Context context) {
    return input;
  }
}
