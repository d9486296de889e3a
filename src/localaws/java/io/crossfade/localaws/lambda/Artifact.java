package io.crossfade.localaws.lambda;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The unzipped artifact, and the command that runs it. */
public final class Artifact {
  private static final String RUNTIME_CLASS = "JvmRuntime.class";
  private static final String BOOTSTRAP = "bootstrap";

  private final Path folder;
  private final Path runtimeFolder;
  private final ClassArchive classes;

  private Artifact(Path home) {
    this.folder = home.resolve("task");
    this.runtimeFolder = home.resolve("runtime");
    this.classes = new ClassArchive(runtimeFolder);
  }

  /** In a folder that has its content's name, so that it is there already the next time. */
  public static Artifact unzip(Path zip, Path workFolder) {
    try {
      Files.createDirectories(workFolder);
      Path home = workFolder.resolve("artifact-" + digest(zip));
      removeOthers(workFolder, home);
      if (!Files.isDirectory(home)) {
        unzipInto(home, zip);
      }
      return new Artifact(home);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unzip " + zip, e);
    }
  }

  private static String digest(Path zip) throws IOException {
    try (InputStream runtime = JvmRuntime.class.getResourceAsStream(RUNTIME_CLASS)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(runtime.readAllBytes());
      digest.update(Files.readAllBytes(zip));
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }

  /** What another version left here. Of two who remove it at the same time one has it. */
  private static void removeOthers(Path workFolder, Path home) throws IOException {
    try (Stream<Path> entries = Files.list(workFolder)) {
      for (Path entry : entries.toList()) {
        String name = entry.getFileName().toString();
        if (name.matches("artifact-[0-9a-f]{16}") && !entry.equals(home)) {
          Path aside = workFolder.resolve("removing-" + UUID.randomUUID());
          try {
            remove(Files.move(entry, aside, StandardCopyOption.ATOMIC_MOVE));
          } catch (NoSuchFileException another) {
            // Somebody else removes it.
          }
        }
      }
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }

  /** Whole or not at all. Of two who do so at the same time the first is taken. */
  private static void unzipInto(Path home, Path zip) throws IOException {
    Path unfinished = Files.createTempDirectory(home.getParent(), "unzipping");
    try {
      new Artifact(unfinished).write(zip);
      Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      remove(unfinished);
      if (!Files.isDirectory(home)) {
        throw failed;
      }
    }
  }

  public Path folder() {
    return folder;
  }

  /** Whether a function.zip holds a native executable. */
  static boolean isNative(Path functionZip) {
    try (ZipFile zip = new ZipFile(functionZip.toFile())) {
      return zip.getEntry(BOOTSTRAP) != null;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + functionZip, e);
    }
  }

  public boolean isNative() {
    return Files.isRegularFile(folder.resolve(BOOTSTRAP));
  }

  List<String> command(int memoryMb) {
    if (isNative()) {
      return List.of(folder.resolve(BOOTSTRAP).toString());
    }
    List<String> command = new ArrayList<>(java(memoryMb));
    command.addAll(classes.options());
    command.addAll(main());
    return command;
  }

  /** Has all processes start faster from now on, if the JDK can and none of them is native. */
  void archiveClasses(Map<String, String> environment) {
    if (!isNative()) {
      List<String> main = new ArrayList<>(List.of("-D%s=true".formatted(JvmRuntime.START_ONLY)));
      main.addAll(main());
      classes.make(java(512), main, environment, folder);
    }
  }

  /** A JVM as on Lambda, without a class path and a main class. */
  public static List<String> java(int memoryMb) {
    return List.of(
        ProcessHandle.current().info().command().orElse("java"),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xshare:auto",
        // Lambda's process has a machine for itself; here many share one, and sweep up early.
        "-Xms32m",
        "-Xmn16m",
        // As on Lambda, whatever the language and the encoding of this machine.
        "-Duser.language=en",
        "-Duser.country=US",
        "-Dfile.encoding=UTF-8",
        // JBoss Threads resets thread locals, which from some JDK on it must be allowed to.
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "-Xmx" + memoryMb + "m");
  }

  private List<String> main() {
    return List.of("-cp", classPath(), JvmRuntime.class.getName());
  }

  private String classPath() {
    return Stream.concat(Stream.of(runtimeFolder.resolve("runtime.jar")), jars().stream())
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** The classes of a JVM artifact, of archives only: class data sharing knows no folders. */
  public List<Path> jars() {
    List<Path> path = new ArrayList<>();
    path.add(runtimeFolder.resolve("function.jar"));
    try (Stream<Path> jars = Files.list(folder.resolve("lib"))) {
      jars.sorted().forEach(path::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return path;
  }

  private void write(Path zip) throws IOException {
    extract(zip);
    Files.createDirectories(runtimeFolder);
    writeRuntime();
    writeFunction();
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
    if (isNative() && !folder.resolve(BOOTSTRAP).toFile().setExecutable(true)) {
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
    String name = JvmRuntime.class.getName().replace('.', '/') + ".class";
    try (ZipOutputStream jar = jar("runtime.jar");
        InputStream in = JvmRuntime.class.getResourceAsStream(RUNTIME_CLASS)) {
      jar.putNextEntry(new ZipEntry(name));
      in.transferTo(jar);
    }
  }

  /** The artifact without its libraries. */
  private void writeFunction() throws IOException {
    try (ZipOutputStream jar = jar("function.jar");
        Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        Path name = folder.relativize(file);
        if (!name.startsWith("lib")) {
          jar.putNextEntry(new ZipEntry(name.toString().replace(File.separatorChar, '/')));
          Files.copy(file, jar);
        }
      }
    }
  }

  private ZipOutputStream jar(String name) throws IOException {
    return new ZipOutputStream(Files.newOutputStream(runtimeFolder.resolve(name)));
  }
}
