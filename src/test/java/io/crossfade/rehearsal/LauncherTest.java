package io.crossfade.rehearsal;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Maven runs before the build of a rehearsal. */
class LauncherTest {
  private static final List<Class<?>> JACKSON =
      List.of(ObjectMapper.class, JsonParser.class, JsonProperty.class);

  @TempDir Path folder;
  private EarlierBuild build;

  @BeforeEach
  void project() throws IOException {
    for (String file :
        List.of(
            "pom.xml",
            "src/main/A.java",
            "src/localaws/B.java",
            "src/rehearsal/C.java",
            "src/test/D.java",
            "target/function.zip",
            "target/classes/A.class")) {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.writeString(folder.resolve(file), file);
    }
    build = new EarlierBuild(folder);
  }

  @Test
  void compilesAloneWithoutALibraryButJackson() {
    StringWriter said = new StringWriter();
    int status =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                new PrintWriter(said),
                new PrintWriter(said),
                "-proc:none",
                "-cp",
                JACKSON.stream().map(LauncherTest::jar).collect(joining(File.pathSeparator)),
                "-sourcepath",
                "src/rehearsal/java" + File.pathSeparator + "src/main/java",
                "-d",
                folder.resolve("out").toString(),
                "src/rehearsal/java/io/crossfade/rehearsal/Launcher.java");
    assertThat(said.toString()).isEmpty();
    assertThat(status).isZero();
  }

  private static String jar(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().getPath();
  }

  @Test
  void jacksonIsTheOneOfTheBuild() throws IOException {
    assertThat(Files.readString(Path.of("pom.xml")))
        .contains("<jackson.version>" + new ObjectMapper().version() + "</jackson.version>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"imageURl": "x:1"}
          {"imageUri": "x:1"
          """)
  void fileThatIsNoReleaseIsRefusedBeforeAnythingIsBuilt(String content) throws IOException {
    Files.writeString(folder.resolve("my.json"), content);
    String[] arguments = {"check", folder.toString(), "[]", "imageDetail=my.json"};
    assertThat(Launcher.check(arguments, build)).isEqualTo(InvalidOptions.EXIT_STATUS);
    assertThat(folder.resolve("target/launcher")).doesNotExist();
  }

  @Test
  void pomKnowsItsExitStatuses() throws IOException {
    assertThat(Files.readString(Path.of("pom.xml")))
        .contains("status == " + Launcher.BUILT + ")")
        .contains("status != " + Launcher.NOT_BUILT + ")");
  }

  @Test
  void documentHasEveryOption() throws IOException {
    String document = Files.readString(Path.of("docs/rehearsal.md"));
    assertThat(Options.NAMES).allSatisfy(label -> assertThat(document).contains("`-D" + label));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Scenario     | -DScenario: no such option (did you mean -Dscenario?)
          senario      | -Dsenario: no such option (did you mean -Dscenario?)
          user         | -Duser: no such option (did you mean -Dusers?)
          image.detail | -Dimage.detail: no such option (did you mean -DimageDetail?)
          visitors     | -Dvisitors: no such option (-Dhelp prints all)
          """)
  void misspeltOptionIsToldWithASuggestion(String name, String problem) {
    assertThat(Launcher.unknown(List.of(name))).containsExactly(problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scenario",
        "stay",
        "skipTests",
        "quarkus.native.reuse-existing",
        "maven.repo.local"
      })
  void optionsOfTheRehearsalAndOfMavenPass(String name) {
    assertThat(Launcher.unknown(List.of(name))).isEmpty();
  }

  @Test
  void nothingIsBuiltBeforeTheFirstBuild() {
    assertThat(build.isCurrent("jvm")).isFalse();
  }

  @Test
  void sameSourcesAreNotBuiltAgain() {
    built();
    assertThat(build.isCurrent("jvm")).isTrue();
    assertThat(build.isCurrent("native")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pom.xml",
        "src/main/A.java",
        "src/localaws/B.java",
        "src/rehearsal/C.java",
        "target/function.zip"
      })
  void whatHasChangedIsBuiltAgain(String file) throws IOException {
    built();
    Files.setLastModifiedTime(folder.resolve(file), FileTime.from(Instant.EPOCH));
    assertThat(build.isCurrent("jvm")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"src/main/A.java", "target/function.zip", "target/classes"})
  void whatIsGoneIsBuiltAgain(String file) throws IOException {
    built();
    Files.move(folder.resolve(file), folder.resolve("gone"));
    assertThat(build.isCurrent("jvm")).isFalse();
  }

  @Test
  void changedTestIsNotWaitedFor() throws IOException {
    built();
    Files.writeString(folder.resolve("src/test/D.java"), "changed");
    assertThat(build.isCurrent("jvm")).isTrue();
  }

  @Test
  void changeDuringTheBuildIsBuiltAgain() throws IOException {
    build.begin("jvm");
    Files.writeString(folder.resolve("src/main/A.java"), "changed");
    build.complete(folder.resolve("target/classes").toString());
    assertThat(build.isCurrent("jvm")).isFalse();
  }

  private void built() {
    build.begin("jvm");
    build.complete(folder.resolve("target/classes").toString());
  }
}
