package io.crossfade.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.crossfade.approval.ApprovalChoice;
import io.crossfade.localaws.Stack;
import io.crossfade.localaws.http.HttpApi;
import io.crossfade.localaws.slack.LocalSlack;
import io.crossfade.localaws.slack.Message;
import io.crossfade.localaws.states.FunctionError;
import io.crossfade.localaws.storage.LocalS3;
import io.crossfade.localaws.template.HttpApiResource;
import io.crossfade.localaws.wire.Call;
import io.crossfade.localaws.wire.CallInterceptor;
import io.crossfade.localaws.wire.Gateway;
import io.crossfade.matrix.Worker;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sfn.model.SendTaskSuccessResponse;

/**
 * A click on Approve. Step Functions acknowledges the answer and does nothing with it, and the
 * question that is stored is as before: so each click is the first.
 */
final class SlackCallbackCall implements FunctionCall, CallInterceptor, AutoCloseable {
  private final LocalSlack slack;
  private final Gateway gateway;
  private final LocalS3 s3;
  private final String bucket;
  private final String key;
  private final byte[] asked;
  private final Message question;
  private final HttpApi api;
  private final AtomicReference<JsonNode> event = new AtomicReference<>();
  private final AtomicInteger answers = new AtomicInteger();

  SlackCallbackCall(Worker worker, LocalS3 s3, Stack stack, Message question) {
    this.slack = worker.slack;
    this.gateway = worker.gateway;
    this.s3 = s3;
    this.bucket = stack.stateBucket();
    this.key =
        s3.keys(bucket).stream().filter(k -> k.startsWith("approvals/")).findFirst().orElseThrow();
    this.asked = s3.get(bucket, key).orElseThrow();
    this.question = question;
    HttpApiResource resource = stack.slackApi().resource();
    this.api = new HttpApi(resource, (function, payload) -> keep(payload));
    slack.requestUrl(api.url(resource.routes().get(0)));
    gateway.intercept(this);
  }

  private JsonNode keep(JsonNode payload) {
    event.set(payload);
    return JsonNodeFactory.instance.objectNode().put("statusCode", 200);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <R> R around(Call call, Supplier<R> effect) {
    if (call.name().equals("states:SendTaskSuccess")) {
      answers.incrementAndGet();
      return (R) SendTaskSuccessResponse.builder().build();
    }
    return effect.get();
  }

  @Override
  public String function() {
    return "slack-callback";
  }

  @Override
  public void make(Invoker invoker) throws FunctionError {
    s3.put(bucket, key, asked);
    slack.click(question, ApprovalChoice.APPROVED.actionId(), LocalSlack.ANN);
    int before = answers.get();
    JsonNode response = invoker.invoke(event.get());
    if (response.path("statusCode").asInt() != 200 || answers.get() == before) {
      throw new IllegalStateException("slack-callback responds " + response);
    }
  }

  @Override
  public void close() {
    gateway.removeInterceptor(this);
    api.close();
  }
}
