package io.crossfade.story;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.localaws.iam.PermissionUse;
import io.crossfade.localaws.wire.Exchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * What one run of Maven has tested, in however many processes and whichever order: each process
 * appends to files of its own in the run's folder, and those who look back on the whole run read
 * all of them. JUnit finds this listener by its name in META-INF.
 */
public final class RunRecord implements TestExecutionListener {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Maven gives every run a name of its own, so that nothing of an earlier one is read. */
  private static final Path FOLDER =
      Path.of("target", "runs", System.getProperty("crossfade.run", "without-maven"));

  private static final String ENDED = "ended";
  private static final String FAILED = "failed";
  private static final String USES = "uses";
  private static final String SECRETS = "secrets";
  private static final String EXCHANGES = "exchanges";

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    test.getSource()
        .filter(MethodSource.class::isInstance)
        .map(MethodSource.class::cast)
        .ifPresent(
            method ->
                append(
                    // One that lacks a program of the machine is aborted, and says so itself.
                    result.getStatus() == Status.FAILED ? FAILED : ENDED,
                    List.of(method.getClassName() + "." + method.getMethodName())));
  }

  /** What the functions of a story needed of their policies. */
  static void add(Collection<PermissionUse> uses) {
    append(USES, uses.stream().map(RunRecord::json).toList());
  }

  /** What must stand in no line that a test prints. */
  public static void addSecrets(Collection<String> secrets) {
    append(SECRETS, secrets);
  }

  /** What went over the wire. */
  static void addExchange(Exchange exchange) {
    append(EXCHANGES, List.of(json(exchange)));
  }

  static List<Exchange> exchanges() {
    return lines(EXCHANGES).map(line -> read(line, Exchange.class)).toList();
  }

  static Set<PermissionUse> uses() {
    return lines(USES).map(line -> read(line, PermissionUse.class)).collect(Collectors.toSet());
  }

  static Set<String> secrets() {
    return lines(SECRETS).collect(Collectors.toSet());
  }

  /** Tests of this run that are no stories. */
  static Set<String> unitTests() {
    return lines(ENDED).filter(test -> !test.contains("Story.")).collect(Collectors.toSet());
  }

  /** Stories that were left out or went wrong, without those that look back on the whole run. */
  static Set<String> untold() {
    Set<String> untold =
        ReflectionSupport.streamAllClassesInPackage(
                "io.crossfade",
                c -> !c.isAnonymousClass(),
                name -> name.endsWith("Story") && !name.contains(".WholeRun"))
            .flatMap(RunRecord::stories)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> ended = lines(ENDED).collect(Collectors.toCollection(HashSet::new));
    lines(FAILED).forEach(ended::remove);
    untold.removeAll(ended);
    return untold;
  }

  private static Stream<String> stories(Class<?> c) {
    return AnnotationSupport.findAnnotatedMethods(
            c, Testable.class, HierarchyTraversalMode.TOP_DOWN)
        .stream()
        .map(Method::getName)
        .map(name -> c.getName() + "." + name);
  }

  private static synchronized void append(String what, Collection<String> lines) {
    try {
      Files.createDirectories(FOLDER);
      Path file = FOLDER.resolve("%s-%d.txt".formatted(what, ProcessHandle.current().pid()));
      Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> lines(String what) {
    if (!Files.isDirectory(FOLDER)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(what + "-"))
          .flatMap(RunRecord::read)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> read(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String json(Object record) {
    try {
      return JSON.writeValueAsString(record);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T read(String line, Class<T> type) {
    try {
      return JSON.readValue(line, type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
