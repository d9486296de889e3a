package io.crossfade.localaws.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.localaws.sdk.Arns;
import io.crossfade.localaws.storage.ObjectCreated;
import java.util.Locale;
import java.util.UUID;

/**
 * The event that S3 publishes when an object was written, if its bucket is to publish events.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html">EventBridge
 *     event message structure</a>
 */
final class ObjectEvents {
  static final String TYPE = "Object Created";

  private ObjectEvents() {}

  static JsonNode created(ObjectCreated object) {
    ObjectNode detail = EventEnvelope.JSON.createObjectNode().put("version", "0");
    detail.putObject("bucket").put("name", object.bucket());
    detail
        .putObject("object")
        .put("key", object.key())
        .put("size", object.size())
        .put("etag", object.etag().replace("\"", ""))
        .put("sequencer", String.format(Locale.ROOT, "%018X", object.sequencer()));
    detail
        .put("request-id", UUID.randomUUID().toString())
        .put("requester", Arns.ACCOUNT)
        .put("source-ip-address", "127.0.0.1")
        .put("reason", "PutObject");
    return EventEnvelope.of("aws.s3", TYPE, object.at(), "arn:aws:s3:::" + object.bucket(), detail);
  }
}
