package io.crossfade.aws;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.crossfade.release.TransientFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.protocols.query.unmarshall.XmlDomParser;
import software.amazon.awssdk.protocols.query.unmarshall.XmlElement;

/**
 * The answer to one call as AWS sent it. The SDK's object of it lacks every field that the SDK does
 * not know.
 */
public final class RawAnswer implements ExecutionInterceptor {
  private static final ObjectMapper JSON = new ObjectMapper();

  private byte[] body;

  /** For the call whose answer is to be kept. */
  public void keep(AwsRequestOverrideConfiguration.Builder call) {
    call.addPlugin(this::intercept);
  }

  private void intercept(SdkServiceClientConfiguration.Builder client) {
    client.overrideConfiguration(
        client.overrideConfiguration().toBuilder().addExecutionInterceptor(this).build());
  }

  @Override
  public Optional<InputStream> modifyHttpResponseContent(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    try (InputStream sent = context.responseBody().orElseGet(InputStream::nullInputStream)) {
      body = sent.readAllBytes();
    } catch (IOException lost) {
      throw RetryableException.create("the answer broke off", lost);
    }
    return Optional.of(new ByteArrayInputStream(body));
  }

  /** Of a service that speaks JSON. */
  public JsonNode json() {
    try {
      return JSON.readTree(requireNonNull(body));
    } catch (IOException unreadable) {
      throw new TransientFailure("AWS answered no JSON", unreadable);
    }
  }

  /**
   * Of a service that speaks the Query protocol: a list is an element whose children are all called
   * {@code member}.
   */
  public JsonNode xml() {
    return tree(XmlDomParser.parse(new ByteArrayInputStream(requireNonNull(body))));
  }

  private static JsonNode tree(XmlElement element) {
    if (element.children().isEmpty()) {
      String text = requireNonNullElse(element.textContent(), "");
      return text.equals("false") ? BooleanNode.FALSE : TextNode.valueOf(text);
    }
    if (element.children().stream().allMatch(child -> child.elementName().equals("member"))) {
      ArrayNode list = JSON.createArrayNode();
      element.children().forEach(child -> list.add(tree(child)));
      return list;
    }
    ObjectNode object = JSON.createObjectNode();
    element.children().forEach(child -> object.set(child.elementName(), tree(child)));
    return object;
  }
}
