package io.crossfade.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.infrastructure.Tool;
import io.crossfade.localaws.wire.Exchange;
import io.crossfade.models.ExchangeCheck;
import io.crossfade.models.ServiceModels;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Holds everything that went over the wire in this run against AWS's own service models, in a run
 * of its own after all others: what the functions sent to the local AWS, and what it answered.
 */
class WholeRunModelsStory {
  @Test
  void everyRequestAndResponseFitsTheServicesModels() {
    Optional<ServiceModels> models = ServiceModels.find();
    Tool.require(models.isPresent(), ServiceModels.NEEDED);
    ExchangeCheck check = new ExchangeCheck(models.orElseThrow().models());
    List<Exchange> exchanges = RunRecord.exchanges();
    List<ExchangeCheck.Result> results = exchanges.stream().map(check::check).toList();
    long refused = results.stream().filter(ExchangeCheck.Result::refused).count();
    Set<String> operations = new TreeSet<>();
    Set<String> findings = new TreeSet<>();
    for (ExchangeCheck.Result result : results) {
      operations.add(result.operation());
      result.findings().forEach(finding -> findings.add(result.operation() + " " + finding));
    }
    System.out.printf(
        "checked against the models of botocore %s: %d requests and %d responses of %d operations%n",
        models.get().version(), results.size() - refused, results.size(), operations.size());
    assertThat(exchanges).as("exchanges of this run").isNotEmpty();
    assertThat(findings).isEmpty();
  }
}
