package io.crossfade.rehearsal;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * What Maven runs before it builds anything. It refuses a wrong command line at once, and finds out
 * whether there is anything to build.
 *
 * <p>pom.xml compiles it alone, so neither it nor what it uses needs a library but Jackson.
 */
public final class Launcher {
  /** The exit status that means: start the rehearsal, all is built. */
  static final int BUILT = 10;

  /** The exit status that means: build, then start the rehearsal. */
  static final int NOT_BUILT = 11;

  private static final Path FOLDER = Path.of("target", "launcher");

  /** Options of this build and of Maven's plugins that are no rehearsal's and may be given. */
  private static final Set<String> OTHERS =
      Set.of("argLine", "it.test", "skipITs", "skipStories", "skipTests", "test");

  private Launcher() {}

  /**
   * {@code check DIRECTORY PROFILES NAME=VALUE…} or {@code complete CLASSPATH}, in the project's
   * folder.
   */
  public static void main(String[] arguments) throws IOException {
    EarlierBuild build = new EarlierBuild(Path.of(""));
    if (arguments[0].equals("complete")) {
      build.complete(arguments[1]);
      writeArguments("classpath", List.of("-cp", arguments[1]));
    } else {
      System.exit(check(arguments, build));
    }
  }

  static int check(String[] arguments, EarlierBuild build) throws IOException {
    Map<String, String> given = given(List.of(arguments).subList(3, arguments.length));
    if (given.containsKey("help")) {
      System.out.println(help());
      return 0;
    }
    List<String> problems = unknown(given.keySet());
    Options options = null;
    try {
      Properties properties = new Properties();
      properties.putAll(given);
      options = Options.from(properties, false, Path.of(arguments[1]));
      ReleaseFile.of(options);
    } catch (RefusedRelease wrong) {
      problems.addAll(wrong.problems());
    } catch (InvalidOptions wrong) {
      problems.addAll(wrong.problems());
    }
    if (!problems.isEmpty()) {
      problems.forEach(problem -> System.err.println("refused: " + problem));
      return InvalidOptions.EXIT_STATUS;
    }
    options.imageDetail().ifPresent(file -> given.put(Options.IMAGE_DETAIL, file.toString()));
    writeArguments("options", javaOptions(given));
    String settings = settings(arguments[2], given);
    if (build.isCurrent(settings)) {
      return BUILT;
    }
    build.begin(settings);
    System.out.println(
        "Building the functions. The next rehearsal of the same sources starts without this.");
    return NOT_BUILT;
  }

  private static Map<String, String> given(List<String> arguments) {
    Map<String, String> given = new TreeMap<>();
    for (String argument : arguments) {
      int at = argument.indexOf('=');
      given.put(argument.substring(0, at), argument.substring(at + 1));
    }
    return given;
  }

  /** What looks like an option of the rehearsal and is none; a name with a dot is a plugin's. */
  static List<String> unknown(Collection<String> names) {
    List<String> problems = new ArrayList<>();
    for (String name : names) {
      if (Options.NAMES.contains(name) || OTHERS.contains(name)) {
        continue;
      }
      Optional<String> misspelt = OptionReader.misspelt(name, Options.NAMES);
      misspelt.ifPresent(problems::add);
      if (misspelt.isEmpty() && !name.contains(".")) {
        problems.add("-D%s: no such option (-Dhelp prints all)".formatted(name));
      }
    }
    return problems;
  }

  private static String help() {
    return """
        mvn -q -Prehearse [-Dname=value ...]

        Rehearses a whole release on this machine. Options, with their defaults in brackets:

        %s
        docs/rehearsal.md says what each scenario does and what the exit status means."""
        .formatted(Options.HELP.indent(2));
  }

  /** The rehearsal's own options decide nothing of the build. */
  private static String settings(String profiles, Map<String, String> given) {
    Map<String, String> others = new TreeMap<>(given);
    others.keySet().removeAll(Options.NAMES);
    return "%s %s %s".formatted(System.getProperty("java.home"), profiles, others);
  }

  private static List<String> javaOptions(Map<String, String> given) {
    List<String> options = new ArrayList<>();
    given.forEach(
        (name, value) -> {
          if (Options.NAMES.contains(name)) {
            options.add("-D%s=%s".formatted(name, value));
          }
        });
    options.add("io.crossfade.rehearsal.Rehearsal");
    return options;
  }

  /** As a file of arguments for the command java, which reads it in the system's own charset. */
  private static void writeArguments(String name, List<String> arguments) throws IOException {
    Files.createDirectories(FOLDER);
    Files.write(
        FOLDER.resolve(name),
        arguments.stream().map(Launcher::quote).toList(),
        Charset.forName(System.getProperty("sun.jnu.encoding")));
  }

  private static String quote(String argument) {
    return "\"%s\""
        .formatted(argument.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
  }
}
