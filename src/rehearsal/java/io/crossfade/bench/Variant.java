package io.crossfade.bench;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One way to run the functions.
 *
 * @param name as in the tables
 * @param command the process of a function, by the function's name
 * @param folder its working directory
 * @param environment more environment variables than the template's
 */
record Variant(
    String name,
    Function<String, List<String>> command,
    Path folder,
    Map<String, String> environment) {
  static final String NATIVE = "native";
  static final String JVM = "jvm";
  static final String JVM_SHARED = "jvm, shared classes";
  static final String PYTHON = "python";
  static final String NODE = "node";

  /** What people would write instead. */
  static final List<String> PEERS = List.of(PYTHON, NODE);

  Variant {
    requireNonNull(name);
    requireNonNull(command);
    folder = folder.toAbsolutePath();
    environment = Map.copyOf(environment);
  }
}
