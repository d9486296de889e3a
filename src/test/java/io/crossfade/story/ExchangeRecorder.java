package io.crossfade.story;

import io.crossfade.localaws.wire.Exchange;
import io.crossfade.localaws.wire.Gateway;
import io.crossfade.models.DistinctExchanges;

/** Keeps what goes over a gateway's wire for {@link WholeRunModelsStory}. */
public final class ExchangeRecorder {
  private static final DistinctExchanges DISTINCT = new DistinctExchanges();

  private ExchangeRecorder() {}

  public static void watch(Gateway gateway) {
    gateway.observe(ExchangeRecorder::record);
  }

  private static void record(Exchange exchange) {
    DISTINCT.add(exchange).ifPresent(RunRecord::addExchange);
  }
}
