package io.crossfade.rehearsal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.crossfade.report.Picture;
import io.crossfade.report.ReleaseReport;
import io.crossfade.report.ReportPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The report's files: the page, its picture alone, and JSON. */
public final class ReportFiles {
  static final List<String> NAMES = List.of("report.html", "report.json", "chart.svg");

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private ReportFiles() {}

  /** What the deployed functions wrote. */
  public static ReleaseReport read(byte[] written) {
    try {
      return JSON.readValue(written, ReleaseReport.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param measured empty where nothing but the release itself was measured
   */
  public static void write(ReleaseReport report, Optional<RehearsalReport> measured, Path folder)
      throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("report.html"), ReportPage.render(report));
    Files.writeString(folder.resolve("chart.svg"), Picture.file(report));
    Map<String, Object> fields = new LinkedHashMap<>();
    measured.ifPresent(rehearsal -> fields.putAll(fields(rehearsal)));
    fields.put("release", report);
    Files.writeString(folder.resolve("report.json"), JSON.writeValueAsString(fields) + "\n");
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
    return fields;
  }
}
