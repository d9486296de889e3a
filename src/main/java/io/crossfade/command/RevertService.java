package io.crossfade.command;

import static io.crossfade.command.CommandResult.Status.GIVEN;

import io.crossfade.execution.ExecutionStatus;
import io.crossfade.execution.Executions;
import io.crossfade.execution.NumberedName;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Starts an execution that takes a release back. Its plan decides whether that may be; here only
 * what surely comes to nothing is refused.
 */
@ApplicationScoped
public class RevertService {
  /** Of those that were refused or rolled back: nobody clicks more often before they ask why. */
  private static final int ATTEMPTS = 30;

  private final Executions executions;
  private final Optional<String> prefix;

  /**
   * @param prefix what comes before an execution's name in its ARN, without the last colon
   */
  public RevertService(
      Executions executions,
      @ConfigProperty(name = "crossfade.execution-arn-prefix") Optional<String> prefix) {
    this.executions = executions;
    this.prefix = prefix;
  }

  /**
   * @param by who asks for it: the ARN by which IAM knows them, or in Slack the id and the name
   */
  public CommandResult revert(String deployment, String by, String why) {
    return switch (status(deployment)) {
      case UNKNOWN -> CommandResult.unknown(deployment);
      case RUNNING -> illegal("%s is not over; roll it back".formatted(deployment));
      // One that was stopped may have been finished by a restore.
      case SUCCEEDED, FAILED, TIMED_OUT, ABORTED -> start(deployment, by, why);
    };
  }

  /**
   * The names are always the same, so that a command which comes twice starts one execution: the
   * second finds it running, or cannot start another one of that name.
   */
  private CommandResult start(String deployment, String by, String why) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      String name = NumberedName.of(deployment, "revert", attempt);
      ExecutionStatus found = status(name);
      if (found == ExecutionStatus.RUNNING) {
        return new CommandResult(GIVEN, "%s is being taken back by %s".formatted(deployment, name));
      }
      if (found == ExecutionStatus.SUCCEEDED) {
        return illegal("%s was taken back by %s".formatted(deployment, name));
      }
      if (found == ExecutionStatus.UNKNOWN) {
        return start(deployment, name, by, why);
      }
    }
    return illegal(
        "%d executions have tried to take %s back; start one by hand"
            .formatted(ATTEMPTS, deployment));
  }

  private CommandResult start(String deployment, String name, String by, String why) {
    String machine = prefix.orElseThrow().replace(":execution:", ":stateMachine:");
    boolean started =
        executions.start(machine, name, Map.of("revert", deployment, "why", why, "by", by));
    return started
        ? new CommandResult(
            GIVEN,
            "revert of %s by %s: %s; the execution is %s".formatted(deployment, by, why, name))
        : illegal("somebody else takes %s back just now, by %s".formatted(deployment, name));
  }

  private ExecutionStatus status(String name) {
    return executions.status(prefix.orElseThrow() + ":" + name);
  }

  private static CommandResult illegal(String problem) {
    return CommandResult.illegal("revert", problem);
  }
}
