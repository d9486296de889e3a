package io.crossfade.permissions;

import static java.util.Comparator.comparing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.localaws.iam.AccessRequest;
import io.crossfade.localaws.iam.PermissionUse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the stories used, one of each kind: {@code src/test/resources/permissions/used.json}. */
public record UsedRecord(List<PermissionUse> uses) {
  /** Renews the record and the document. */
  public static final String RENEW = "mvn verify -Dpermissions.record=true";

  public static final boolean RENEWING = Boolean.getBoolean("permissions.record");

  private static final Path FILE = Path.of("src/test/resources/permissions/used.json");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Comparator<PermissionUse> ORDER =
      comparing(PermissionUse::function)
          .thenComparing(use -> use.needed().action())
          .thenComparing(use -> use.needed().resource())
          .thenComparing(use -> new TreeMap<>(use.needed().context()).toString());

  /** One use in the file. */
  private record Line(
      String function, String action, String resource, TreeMap<String, String> context) {
    PermissionUse use() {
      return new PermissionUse(function, new AccessRequest(action, resource, context));
    }

    static Line of(PermissionUse use) {
      AccessRequest needed = use.needed();
      Map<String, String> context = needed.context();
      return new Line(use.function(), needed.action(), needed.resource(), new TreeMap<>(context));
    }
  }

  public UsedRecord {
    uses = uses.stream().distinct().sorted(ORDER).toList();
  }

  /** Of whatever was used, one of each kind. */
  public static UsedRecord of(Collection<PermissionUse> uses) {
    return new UsedRecord(uses.stream().map(Shape::of).toList());
  }

  public static UsedRecord read() {
    try {
      return new UsedRecord(
          Stream.of(JSON.readValue(FILE.toFile(), Line[].class)).map(Line::use).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void write() {
    try {
      Files.writeString(FILE, text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A line for each, so that two changes of it can be merged. */
  private String text() {
    return uses.stream()
        .map(Line::of)
        .map(UsedRecord::json)
        .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
  }

  private static String json(Line line) {
    try {
      return "  " + JSON.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
