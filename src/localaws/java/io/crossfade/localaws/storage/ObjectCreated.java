package io.crossfade.localaws.storage;

import java.time.Instant;

/**
 * An object was written.
 *
 * @param etag with its quotation marks
 * @param sequencer grows from one write of a key to the next
 */
public record ObjectCreated(
    String bucket, String key, long size, String etag, long sequencer, Instant at) {}
