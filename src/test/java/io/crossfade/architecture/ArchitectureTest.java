package io.crossfade.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.crossfade", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final DescribedPredicate<JavaClass> ADAPTER =
      DescribedPredicate.describe(
          "an adapter",
          c ->
              c.getSimpleName()
                  .matches(
                      "(Ecs|Elb|CloudWatch|AutoScaling|S3|Sns|Sfn|SecretsManager|Rest)[A-Z].*"));

  /** Wired by CDI, or called by Lambda. */
  private static final DescribedPredicate<JavaClass> SHELL =
      DescribedPredicate.describe(
          "a handler, a configuration, a reader or a guard",
          c -> c.getSimpleName().matches(".*(Handler|Config|Survey|Surveyor|Guard)"));

  @ArchTest
  static final ArchRule theCoreDependsOnTheJdkAndItselfAlone =
      classes()
          .that(DescribedPredicate.not(ADAPTER.or(SHELL).or(resideInAPackage("io.crossfade.aws"))))
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("java..", "javax.crypto..")
                  .or(
                      resideInAPackage("io.crossfade..")
                          .and(
                              DescribedPredicate.not(
                                  ADAPTER.or(SHELL).or(resideInAPackage("io.crossfade.aws"))))));

  @ArchTest
  static final ArchRule onlyAdaptersSeeTheSdk =
      noClasses()
          .that(DescribedPredicate.not(ADAPTER.or(resideInAPackage("io.crossfade.aws"))))
          .should()
          .dependOnClassesThat(resideInAnyPackage("software.amazon.."));

  @ArchTest
  static final ArchRule thereAreNoPackageCycles =
      slices().matching("io.crossfade.(*)..").should().beFreeOfCycles();
}
