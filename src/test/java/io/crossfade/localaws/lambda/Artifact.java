package io.crossfade.localaws.lambda;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The packaged functions, unzipped as Lambda does it, and the command that starts one. */
final class Artifact {
  private final Path folder;

  private Artifact(Path folder) {
    this.folder = folder;
  }

  static Artifact unzip(Path zip, Path folder) {
    try (InputStream file = Files.newInputStream(zip);
        ZipInputStream entries = new ZipInputStream(file)) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
          throw new IOException("an entry that leaves the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(entries, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot unzip " + zip, unreadable);
    }
    return new Artifact(folder);
  }

  private Path bootstrap() {
    return folder.resolve("bootstrap");
  }

  boolean isNative() {
    return Files.exists(bootstrap());
  }

  /** A native executable drives itself; a JVM build is driven by {@link JvmRuntime}. */
  List<String> command(int memoryMb) {
    if (isNative()) {
      bootstrap().toFile().setExecutable(true);
      return List.of(bootstrap().toString());
    }
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return List.of(
        java,
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xshare:auto",
        "-Xmx" + memoryMb + "m",
        "-cp",
        runtimeOnly().toString(),
        JvmRuntime.class.getName(),
        folder.toString());
  }

  /** A folder with nothing but the runtime's own class files: no test class path for functions. */
  private Path runtimeOnly() {
    Path classes = folder.resolveSibling(folder.getFileName() + "-runtime");
    String own = JvmRuntime.class.getName().replace('.', '/');
    try {
      Path source =
          Path.of(JvmRuntime.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path target = classes.resolve(own).getParent();
      Files.createDirectories(target);
      File[] files = source.resolve(own).getParent().toFile().listFiles();
      for (File file : files == null ? new File[0] : files) {
        if (file.getName().startsWith("JvmRuntime")) {
          Path copy = target.resolve(file.getName());
          Files.copy(file.toPath(), copy, StandardCopyOption.REPLACE_EXISTING);
        }
      }
      return classes;
    } catch (IOException | java.net.URISyntaxException unreadable) {
      throw new IllegalStateException("cannot copy the runtime", unreadable);
    }
  }
}
