package io.crossfade.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which source root may use which. All but the first compile together, so no compiler tells. */
class SourceRootsTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPaths("target/classes", "target/test-classes");

  /** The source roots, each with those it may use beside itself. */
  enum Root {
    MAIN("src/main/java"),
    LOCALAWS("src/localaws/java"),
    REHEARSAL("src/rehearsal/java", MAIN, LOCALAWS),
    TEST("src/test/java", MAIN, LOCALAWS, REHEARSAL);

    private final Path folder;
    private final Set<Root> uses;

    Root(String folder, Root... uses) {
      this.folder = Path.of(folder);
      this.uses = Set.of(uses);
    }

    private boolean mayUse(Root other) {
      return this == other || uses.contains(other);
    }

    /** Where the source of a class stands; empty for a class that is not of this project. */
    static Optional<Root> of(JavaClass type) {
      JavaClass outermost = type;
      while (outermost.getEnclosingClass().isPresent()) {
        outermost = outermost.getEnclosingClass().get();
      }
      String file = outermost.getName().replace('.', '/') + ".java";
      return List.of(values()).stream()
          .filter(root -> Files.exists(root.folder.resolve(file)))
          .findFirst();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRootUsesOnlyWhatItMay(Root root) {
    List<JavaClass> own =
        CLASSES.stream().filter(type -> Root.of(type).equals(Optional.of(root))).toList();
    assertThat(own).isNotEmpty();
    assertThat(own.stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream()))
        .filteredOn(
            dependency ->
                Root.of(dependency.getTargetClass()).filter(used -> !root.mayUse(used)).isPresent())
        .extracting(Dependency::getDescription)
        .isEmpty();
  }

  /** Its own tests included, so that it could stand alone. */
  @Test
  void theLocalAwsKnowsNothingOfTheFunctions() {
    List<JavaClass> localAws =
        CLASSES.stream()
            .filter(type -> type.getPackageName().startsWith("io.crossfade.localaws"))
            .toList();
    assertThat(localAws).isNotEmpty();
    assertThat(localAws.stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream()))
        .filteredOn(
            dependency -> Root.of(dependency.getTargetClass()).equals(Optional.of(Root.MAIN)))
        .extracting(Dependency::getDescription)
        .isEmpty();
  }
}
