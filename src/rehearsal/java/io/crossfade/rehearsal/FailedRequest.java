package io.crossfade.rehearsal;

import java.time.Instant;

/**
 * A request that a visitor saw fail.
 *
 * @param seconds real seconds since the visitors came
 * @param status the HTTP status, or {@code timeout} or {@code connection} where there was none
 * @param version the version that answered, {@link RequestTally#LOAD_BALANCER} or {@link
 *     RequestTally#NO_ANSWER}
 */
public record FailedRequest(
    Instant time, double seconds, String method, String path, String status, String version) {}
