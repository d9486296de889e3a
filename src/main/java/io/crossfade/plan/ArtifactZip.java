package io.crossfade.plan;

import io.crossfade.release.PermanentFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** An artifact of CodePipeline, from which one file is wanted. */
final class ArtifactZip {
  /** Unpacking it all must end well within the function's time. */
  private static final int MAX_UNPACKED_BYTES = 268_435_456;

  private static final int MAX_NAMES = 5;

  private final String where;
  private final byte[] bytes;
  private final byte[] buffer = new byte[8192];
  private long unpacked;

  ArtifactZip(String where, byte[] bytes) {
    this.where = where;
    this.bytes = bytes;
  }

  static boolean recognises(byte[] bytes) {
    return bytes.length > 3 && bytes[0] == 'P' && bytes[1] == 'K';
  }

  /**
   * @param most bytes of the file
   * @throws PermanentFailure if it is not there exactly once, is larger, or the artifact cannot be
   *     unpacked
   */
  byte[] file(String name, int most) {
    List<String> others = new ArrayList<>();
    byte[] file = null;
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (!entry.getName().equals(name)) {
          others.add(FoundValue.name(entry.getName()));
        } else if (file == null) {
          file = zip.readNBytes(most + 1);
        } else {
          throw refused("two files of the name " + name, "one");
        }
        skip(zip);
      }
    } catch (IOException | IllegalArgumentException broken) {
      throw refused(
          "an artifact that cannot be unpacked (%s)".formatted(broken.getMessage()),
          "a plain zip file");
    }
    if (file == null) {
      throw refused(named(others), name + " at its root");
    }
    if (file.length > most) {
      throw refused("%s of more than %d bytes".formatted(name, most), "at most as many");
    }
    return file;
  }

  /** Counts what the rest of an entry would unpack to. */
  private void skip(ZipInputStream zip) throws IOException {
    for (int read = zip.read(buffer); read >= 0; read = zip.read(buffer)) {
      unpacked += read;
      if (unpacked > MAX_UNPACKED_BYTES) {
        throw refused(
            "an artifact of more than %d bytes when unpacked".formatted(MAX_UNPACKED_BYTES),
            "at most as many");
      }
    }
  }

  private static String named(List<String> others) {
    if (others.isEmpty()) {
      return "no file";
    }
    String more =
        others.size() <= MAX_NAMES ? "" : " and %d more".formatted(others.size() - MAX_NAMES);
    return String.join(", ", others.subList(0, Math.min(MAX_NAMES, others.size()))) + more;
  }

  private PermanentFailure refused(String found, String expected) {
    return new PermanentFailure(new ValidationError(where, found, expected).sentence());
  }
}
