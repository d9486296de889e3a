package io.crossfade.rehearsal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The report as {@code report.json}: what the result line says, and all that it leaves out. */
public final class ReportJson {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private ReportJson() {}

  public static void write(RehearsalReport report, Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, render(report));
  }

  static String render(RehearsalReport report) {
    try {
      return JSON.writeValueAsString(fields(report)) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the report is not writable as JSON", e);
    }
  }

  private static Map<String, Object> fields(RehearsalReport report) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("scenario", report.options().scenario().label());
    fields.put("outcome", report.ending().outcome());
    fields.put("expected", report.expected());
    fields.put("passed", report.passed());
    fields.put("objections", report.objections());
    fields.put("reason", report.ending().reason());
    fields.put("requests", report.visitors().requests());
    fields.put("failed", report.visitors().failed());
    fields.put("acknowledgedOrders", report.visitors().acknowledged());
    fields.put("lostOrders", report.visitors().lost());
    fields.put("duplicateOrders", report.visitors().duplicates());
    fields.put("weights", report.ending().weights());
    fields.put("seconds", report.ending().took().toSeconds());
    fields.put("approval", report.options().answering().label());
    fields.put("question", report.question());
    fields.put("speed", report.options().speed());
    fields.put("users", report.options().users());
    fields.put("cast", report.cast());
    fields.put("requestsPerVersion", report.visitors().versions());
    fields.put("failedSamples", report.visitors().failures());
    fields.put("timeline", report.timeline());
    fields.put("functions", report.functions());
    fields.put("awsCalls", report.awsCalls());
    fields.put("stateTransitions", report.stateTransitions());
    fields.put("versions", report.versions());
    fields.put("series", report.visitors().series());
    return fields;
  }
}
