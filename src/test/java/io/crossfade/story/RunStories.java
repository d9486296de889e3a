package io.crossfade.story;

import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
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

/** Which stories this run has told to their good end. JUnit finds it by its name in META-INF. */
public final class RunStories implements TestExecutionListener {
  private static final Set<String> ENDED = new ConcurrentSkipListSet<>();
  private static final Set<String> FAILED = new ConcurrentSkipListSet<>();

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    test.getSource()
        .filter(MethodSource.class::isInstance)
        .map(MethodSource.class::cast)
        .ifPresent(
            method ->
                (result.getStatus() == Status.SUCCESSFUL ? ENDED : FAILED)
                    .add(method.getClassName() + "." + method.getMethodName()));
  }

  /** Stories that were left out or went wrong, without those that look back on the whole run. */
  static Set<String> untold() {
    Set<String> untold =
        ReflectionSupport.streamAllClassesInPackage(
                RunStories.class.getPackageName(),
                c -> c.getSimpleName().endsWith("Story"),
                name -> !name.contains(".WholeRun"))
            .flatMap(RunStories::stories)
            .collect(Collectors.toCollection(TreeSet::new));
    untold.removeIf(story -> ENDED.contains(story) && !FAILED.contains(story));
    return untold;
  }

  private static Stream<String> stories(Class<?> c) {
    return AnnotationSupport.findAnnotatedMethods(
            c, Testable.class, HierarchyTraversalMode.TOP_DOWN)
        .stream()
        .map(Method::getName)
        .map(name -> c.getName() + "." + name);
  }
}
