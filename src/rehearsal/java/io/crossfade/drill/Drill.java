package io.crossfade.drill;

import io.crossfade.cost.Price;
import io.crossfade.rehearsal.ReportFiles;
import io.crossfade.rehearsal.Terminal;
import io.crossfade.release.PermanentFailure;
import io.crossfade.release.TransientFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * A release that must be turned back, in one's own account. Exit status 0 means that it was, and
 * that everything is as before; 1 that something is not; 2 that the drill was refused and touched
 * nothing.
 */
public final class Drill {
  /**
   * How patient a drill is, in real time.
   *
   * @param poll between two looks
   * @param restore how long the guardian may take to begin, and all to come to rest in the end
   */
  public record Patience(Duration poll, Duration restore) {
    public static final Patience ORDINARY =
        new Patience(Duration.ofSeconds(5), Duration.ofMinutes(10));
  }

  private static final int REFUSED = 2;

  private final Properties properties;
  private final boolean interactive;
  private final BufferedReader typed;
  private final PrintStream out;
  private final Patience patience;
  private final Path folder;

  /**
   * @param interactive whether somebody can answer
   * @param folder for the report
   */
  public Drill(
      Properties properties,
      boolean interactive,
      BufferedReader typed,
      PrintStream out,
      Patience patience,
      Path folder) {
    this.properties = properties;
    this.interactive = interactive;
    this.typed = typed;
    this.out = out;
    this.patience = patience;
    this.folder = folder;
  }

  public static void main(String[] arguments) throws Exception {
    Drill drill =
        new Drill(
            System.getProperties(),
            Terminal.present().interactive(),
            new BufferedReader(new InputStreamReader(System.in)),
            System.out,
            Patience.ORDINARY,
            Path.of("target", "drill"));
    System.exit(drill.run(AwsAccount::own));
  }

  /** Returns the exit status. */
  public int run(Supplier<AwsAccount> account) throws IOException, InterruptedException {
    if (properties.containsKey("help")) {
      out.println(DrillOptions.help());
      return 0;
    }
    try {
      DrillOptions options = DrillOptions.from(properties);
      AwsAccount aws = account.get();
      DrillTarget target = new TargetFinder(aws, options).find();
      DrillPreview.lines(options, target, Price.list()).forEach(out::println);
      ask(options);
      return run(aws, options, target);
    } catch (DrillRefused refused) {
      refused.problems().forEach(problem -> out.println("refused: " + problem));
      return REFUSED;
    } catch (SdkException | PermanentFailure | TransientFailure failed) {
      out.println("AWS: " + failed.getMessage());
      return REFUSED;
    }
  }

  private void ask(DrillOptions options) throws IOException {
    if (options.yes()) {
      return;
    }
    if (!interactive) {
      throw new DrillRefused("nobody can be asked here; -Dyes says that all this may be done");
    }
    out.print("Type yes and Enter to begin: ");
    out.flush();
    String answer = typed.readLine();
    if (answer == null || !answer.strip().equals("yes")) {
      throw new DrillRefused("the answer was not yes");
    }
  }

  int run(AwsAccount aws, DrillOptions options, DrillTarget target)
      throws InterruptedException, IOException {
    DrillRun run = new DrillRun(aws, options, target, patience, out::println);
    Thread interrupted = new Thread(run::interrupted);
    Runtime.getRuntime().addShutdownHook(interrupted);
    DrillReport report;
    try {
      report = run.run();
    } catch (RuntimeException failed) {
      // Something was touched, whatever it was that failed: this is no refusal.
      out.println("NOT AS EXPECTED: " + failed.getMessage());
      run.interrupted();
      return 1;
    } finally {
      Runtime.getRuntime().removeShutdownHook(interrupted);
    }
    out.println(report.outcome() + ": " + report.reason());
    report.objections().forEach(objection -> out.println("NOT AS EXPECTED: " + objection));
    if (report.differences().isEmpty()) {
      out.println("Everything is as it was before:");
      report.after().facts().forEach((what, value) -> out.println("  " + what + ": " + value));
    }
    ReportFiles.write(report.release(), Optional.empty(), folder);
    out.println("Report: " + folder.resolve("report.html").toAbsolutePath());
    out.println(report.resultLine());
    return report.passed() ? 0 : 1;
  }
}
