package io.crossfade.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All that a run of the benchmark found.
 *
 * @param at when it began, in ISO 8601
 * @param versions of what took part
 * @param notices what was left out or was not as it should be, in sentences
 */
record BenchReport(
    String at,
    Machine machine,
    Map<String, String> versions,
    List<String> notices,
    List<Measurement> measurements) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  BenchReport {
    versions = new TreeMap<>(versions);
    notices = List.copyOf(notices);
    measurements = List.copyOf(measurements);
  }

  /** Of one part, table by table, in the order in which they were made. */
  Map<String, List<Measurement>> of(BenchOptions.Part part) {
    return measurements.stream()
        .filter(each -> each.part().split("/")[0].equals(part.label()))
        .collect(Collectors.groupingBy(Measurement::part, LinkedHashMap::new, Collectors.toList()));
  }

  /** Every sample, and what the tables say of them. */
  String json() throws IOException {
    ObjectNode report = JSON.createObjectNode().put("at", at);
    report.set("machine", JSON.valueToTree(machine));
    report.set("versions", JSON.valueToTree(versions));
    report.set("notices", JSON.valueToTree(notices));
    ArrayNode all = report.putArray("measurements");
    for (Measurement each : measurements) {
      all.addObject()
          .put("part", each.part())
          .put("subject", each.subject())
          .put("variant", each.variant())
          .put("quantity", each.quantity())
          .put("median", each.samples().median())
          .put("p99", each.samples().p99())
          .set("samples", JSON.valueToTree(each.samples().values()));
    }
    ArrayNode ratios = report.putArray("ratios");
    for (PartTables.Comparison each : PartTables.comparisons(this)) {
      ratios.addPOJO(each);
    }
    return JSON.writeValueAsString(report) + "\n";
  }

  void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, json());
  }

  static BenchReport read(Path file) throws IOException {
    JsonNode report = JSON.readTree(file.toFile());
    List<String> notices = new ArrayList<>();
    report.path("notices").forEach(notice -> notices.add(notice.asText()));
    Map<String, String> versions = new TreeMap<>();
    report
        .path("versions")
        .properties()
        .forEach(v -> versions.put(v.getKey(), v.getValue().asText()));
    List<Measurement> measurements = new ArrayList<>();
    for (JsonNode each : report.path("measurements")) {
      List<Double> samples = new ArrayList<>();
      each.path("samples").forEach(sample -> samples.add(sample.asDouble()));
      measurements.add(
          new Measurement(
              each.path("part").asText(),
              each.path("subject").asText(),
              each.path("variant").asText(),
              each.path("quantity").asText(),
              new Samples(samples)));
    }
    return new BenchReport(
        report.path("at").asText(),
        JSON.treeToValue(report.path("machine"), Machine.class),
        versions,
        notices,
        measurements);
  }
}
