package io.crossfade.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.LocationProvider;
import com.tngtech.archunit.lang.ArchRule;
import io.crossfade.aws.Adapter;
import io.crossfade.aws.Handler;
import io.crossfade.notify.NotificationMessages;
import io.crossfade.notify.NotifyHandler;
import io.crossfade.notify.SlackNotificationChannel;
import io.crossfade.report.ReportPage;
import io.crossfade.rollback.RestorePolicy;
import io.smallrye.config.ConfigMapping;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Packages and annotations say what a class is, and its name says nothing about it. */
@AnalyzeClasses(locations = ArchitectureTest.MainClasses.class)
class ArchitectureTest {
  /** By their folder, so that nobody looks through all libraries for more. */
  static final class MainClasses implements LocationProvider {
    @Override
    public Set<Location> get(Class<?> testClass) {
      return Set.of(Location.of(Path.of("target", "classes")));
    }
  }

  private static final List<Class<?>> MARKS_OF_AN_ADAPTER =
      List.of(Adapter.class, RegisterRestClient.class);

  private static final List<Class<?>> MARKS_OF_A_BEAN =
      List.of(
          Named.class,
          Interceptor.class,
          ApplicationScoped.class,
          Singleton.class,
          ConfigMapping.class);

  private static final Set<String> SENTENCES =
      Set.of(
          "Verdict.action",
          "Verdict.reason",
          "Verdict.waitSeconds",
          "TimelineEvent.what",
          "Restoration.reason",
          "Deployment.timeline");

  /** They put a sentence into a message or a page, or pass it on to the state machine. */
  private static final List<Class<?>> WORDING_SENTENCES =
      List.of(
          NotificationMessages.class,
          NotifyHandler.class,
          SlackNotificationChannel.class,
          RestorePolicy.class,
          hidden("io.crossfade.rollback.RestoreReasons"),
          hidden("io.crossfade.status.StatusMessages"),
          ReportPage.class,
          hidden("io.crossfade.report.DeploymentReport"),
          hidden("io.crossfade.report.Stage"));

  /** Its package keeps it to itself. */
  private static Class<?> hidden(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException renamed) {
      throw new IllegalStateException(renamed);
    }
  }

  private static final DescribedPredicate<JavaClass> ADAPTER =
      DescribedPredicate.describe(
          "an adapter, or in the package aws",
          c -> marked(c, MARKS_OF_AN_ADAPTER) || inPackage(c, "io.crossfade.aws"));

  /** Wired by CDI, or called by Lambda. */
  private static final DescribedPredicate<JavaClass> BEAN =
      DescribedPredicate.describe(
          "a bean, or in the package migration",
          c -> marked(c, MARKS_OF_A_BEAN) || inPackage(c, "io.crossfade.migration"));

  private static boolean marked(JavaClass type, List<Class<?>> marks) {
    JavaClass outermost = type;
    while (outermost.getEnclosingClass().isPresent()) {
      outermost = outermost.getEnclosingClass().get();
    }
    JavaClass judged = outermost;
    return marks.stream().anyMatch(mark -> judged.isAnnotatedWith(mark.getName()));
  }

  private static boolean inPackage(JavaClass type, String name) {
    return type.getPackageName().equals(name);
  }

  @ArchTest
  static final ArchRule theCoreDependsOnTheJdkAndItselfAlone =
      classes()
          .that(DescribedPredicate.not(ADAPTER.or(BEAN)))
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("java..", "javax.crypto..")
                  .or(
                      resideInAPackage("io.crossfade..")
                          .and(DescribedPredicate.not(ADAPTER.or(BEAN)))));

  @ArchTest
  static final ArchRule onlyAdaptersSeeTheSdk =
      noClasses()
          .that(DescribedPredicate.not(ADAPTER))
          .should()
          .dependOnClassesThat(resideInAnyPackage("software.amazon.."));

  /**
   * Sentences are for people: only what words them, or passes them on, may read them. What a
   * decision needs is a field of the document.
   */
  @ArchTest
  static final ArchRule nothingDecidesByASentence =
      noClasses()
          .that(
              DescribedPredicate.not(
                  resideInAPackage("io.crossfade.release")
                      .or(belongToAnyOf(WORDING_SENTENCES.toArray(Class[]::new)))))
          .should()
          .callMethodWhere(
              DescribedPredicate.describe(
                  "a sentence of the document, or its last verdict, is read",
                  call ->
                      SENTENCES.contains(
                          call.getTargetOwner().getSimpleName() + "." + call.getName())));

  @ArchTest
  static final ArchRule everyHandlerIsIntercepted =
      classes().that().areAnnotatedWith(Named.class).should().beAnnotatedWith(Handler.class);

  @ArchTest
  static final ArchRule thereAreNoPackageCycles =
      slices().matching("io.crossfade.(*)..").should().beFreeOfCycles();
}
