package io.crossfade.check;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.aws.Handler;
import io.crossfade.command.CommandLook;
import io.crossfade.command.CommandStage;
import io.crossfade.command.Commanded;
import io.crossfade.lock.LockGuard;
import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;
import io.crossfade.release.Invocation;
import io.crossfade.release.PermanentFailure;
import io.crossfade.release.ReleaseCheck;
import jakarta.inject.Named;

/** Looks at the check that is due. */
@Named("run-checks")
@Handler
public class RunChecksHandler implements RequestHandler<Invocation, Deployment> {
  private final LockGuard guard;
  private final CheckLook checks;
  private final CommandLook commands;

  public RunChecksHandler(LockGuard guard, CheckLook checks, CommandLook commands) {
    this.guard = guard;
    this.checks = checks;
    this.commands = commands;
  }

  @Override
  public Deployment handleRequest(Invocation in, Context context) {
    guard.require(in);
    ReleaseCheck check =
        in.document().dueCheck().orElseThrow(() -> new PermanentFailure("no check is due"));
    Deployment begun = CheckPolicy.begin(in.document(), in.now());
    CheckLook.Looked looked =
        CheckPolicy.settling(begun, in.now())
            ? new CheckLook.Looked(begun, CheckResult.notYet("the test rule settles"))
            : checks.look(begun, check);
    Decision<CheckPolicy.Action> decision =
        CheckPolicy.decide(looked.deployment(), check, looked.result(), in.now());
    Commanded<CheckPolicy.Action> decided =
        commands.decide(
            looked.deployment(),
            CommandStage.BAKING,
            in.now(),
            CheckPolicy.Action.ROLL_BACK,
            told -> decision);
    if (decided.decision().action() == CheckPolicy.Action.ROLL_BACK) {
      checks.end(decided.deployment());
    }
    return CheckPolicy.record(decided.deployment(), looked.result(), decided.decision(), in.now());
  }
}
