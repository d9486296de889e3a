package io.crossfade.localaws.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The unzipped artifact, and the command that runs it. */
final class Artifact {
  private static final String RUNTIME_CLASS = "JvmRuntime.class";

  private final Path folder;
  private final Path runtimeFolder;

  private Artifact(Path folder, Path runtimeFolder) {
    this.folder = folder;
    this.runtimeFolder = runtimeFolder;
  }

  static Artifact unzip(Path zip, Path workFolder) {
    try {
      Artifact artifact = new Artifact(workFolder.resolve("task"), workFolder.resolve("runtime"));
      artifact.extract(zip);
      artifact.writeRuntime();
      return artifact;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unzip " + zip, e);
    }
  }

  Path folder() {
    return folder;
  }

  boolean isNative() {
    return Files.isRegularFile(folder.resolve("bootstrap"));
  }

  List<String> command(int memoryMb) {
    if (isNative()) {
      return List.of(folder.resolve("bootstrap").toString());
    }
    return List.of(
        ProcessHandle.current().info().command().orElse("java"),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xshare:auto",
        "-Xmx" + memoryMb + "m",
        "-cp",
        runtimeFolder.toString(),
        JvmRuntime.class.getName(),
        folder.toString());
  }

  private void extract(Path zip) throws IOException {
    List<Path> seen = new ArrayList<>();
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
          throw new IOException("entry outside of the archive: " + entry.getName());
        }
        write(entry, in, target);
        seen.add(target);
      }
    }
    if (seen.isEmpty()) {
      throw new IOException("no archive, or an empty one");
    }
    if (isNative() && !folder.resolve("bootstrap").toFile().setExecutable(true)) {
      throw new IOException("bootstrap cannot be made executable");
    }
  }

  private static void write(ZipEntry entry, InputStream in, Path target) throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(target);
    } else {
      Files.createDirectories(target.getParent());
      Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** The one class that the process needs; nothing else of ours is on its class path. */
  private void writeRuntime() throws IOException {
    String packageFolder = JvmRuntime.class.getPackageName().replace('.', '/');
    Path target = runtimeFolder.resolve(packageFolder).resolve(RUNTIME_CLASS);
    Files.createDirectories(target.getParent());
    try (InputStream in = JvmRuntime.class.getResourceAsStream(RUNTIME_CLASS)) {
      Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
