package io.crossfade.localaws.events;

/**
 * An event that a function never took.
 *
 * @param attempts how often it was tried
 * @param error of the last try
 */
public record FailedDelivery(EventDelivery delivery, int attempts, String error) {}
