package io.crossfade.localaws.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Optional;

/** The parameters that every template has. */
final class PseudoParameters {
  static final String REGION = "eu-central-1";
  static final String ACCOUNT = "123456789012";
  static final String STACK = "crossfade";
  private static final Map<String, JsonNode> VALUES =
      Map.of(
          "AWS::Region", TextNode.valueOf(REGION),
          "AWS::AccountId", TextNode.valueOf(ACCOUNT),
          "AWS::Partition", TextNode.valueOf("aws"),
          "AWS::StackName", TextNode.valueOf(STACK),
          "AWS::StackId",
              TextNode.valueOf(
                  "arn:aws:cloudformation:"
                      + REGION
                      + ":"
                      + ACCOUNT
                      + ":stack/"
                      + STACK
                      + "/00000000-0000-4000-8000-000000000000"),
          "AWS::URLSuffix", TextNode.valueOf("amazonaws.com"),
          "AWS::NoValue", MissingNode.getInstance());

  private PseudoParameters() {}

  static Optional<JsonNode> get(String name) {
    return Optional.ofNullable(VALUES.get(name));
  }
}
