package io.crossfade.permissions;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * What is right although a rule says otherwise, each with a sentence: {@code
 * src/test/resources/permissions/argued.json}.
 *
 * @param unused allowed, and used by no story
 * @param everyResource allowed on {@code *}, although AWS would take something narrower
 */
public record Argued(List<Unused> unused, List<EveryResource> everyResource) {
  /** An action of a statement. */
  public record Unused(String function, String statement, String action, String because) {
    public Unused {
      require(because, action);
    }

    boolean covers(Permission permission) {
      return permission.function().equals(function)
          && permission.statement().equals(statement)
          && permission.action().equals(action);
    }

    @Override
    public String toString() {
      return "%s %s %s".formatted(function, statement, action);
    }
  }

  /** An action, of whichever function. */
  public record EveryResource(String action, String because) {
    public EveryResource {
      require(because, action);
    }
  }

  static final Argued NOTHING = new Argued(List.of(), List.of());

  public Argued {
    unused = List.copyOf(unused);
    everyResource = List.copyOf(everyResource);
  }

  private static void require(String because, String action) {
    if (because == null || !because.strip().endsWith(".")) {
      throw new IllegalArgumentException(action + " is argued for by a sentence, or not at all");
    }
  }

  public static Argued read() {
    try (InputStream in = Argued.class.getResourceAsStream("/permissions/argued.json")) {
      return new ObjectMapper().readValue(in, Argued.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
