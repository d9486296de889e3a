package io.crossfade.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The memory of a process, as Linux knows it. */
final class ProcessMemory {
  private ProcessMemory() {}

  /** What is in memory now, in KiB; empty elsewhere, and for a process that is gone. */
  static OptionalLong residentKib(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst();
    } catch (IOException gone) {
      return OptionalLong.empty();
    }
  }
}
