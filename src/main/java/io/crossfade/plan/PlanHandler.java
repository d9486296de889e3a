package io.crossfade.plan;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.aws.Handler;
import io.crossfade.command.Freeze;
import io.crossfade.command.FreezeStore;
import io.crossfade.lock.Lock;
import io.crossfade.lock.LockService;
import io.crossfade.release.Arn;
import io.crossfade.release.Deployment;
import io.crossfade.release.ExecutionArn;
import io.crossfade.release.Release;
import io.crossfade.rollback.SnapshotStore;
import io.crossfade.status.ReleaseAnnouncement;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Reads the input, finds out what is there, and plans the release or refuses it. */
@Named("plan")
@Handler
public class PlanHandler implements RequestHandler<PlanInvocation, Deployment> {
  private final ReleaseSource source;
  private final LockService locks;
  private final LockHolderReader holders;
  private final ReleasePlanner planner;
  private final ReleaseAnnouncement announcement;
  private final SnapshotStore snapshots;
  private final PlanConfig config;
  private final FreezeStore freezes;
  private final BusyGate busy;
  private final Reverts reverts;

  public PlanHandler(
      ReleaseSource source,
      LockService locks,
      LockHolderReader holders,
      ReleasePlanner planner,
      ReleaseAnnouncement announcement,
      SnapshotStore snapshots,
      PlanConfig config,
      FreezeStore freezes,
      BusyGate busy,
      Reverts reverts) {
    this.source = source;
    this.locks = locks;
    this.holders = holders;
    this.planner = planner;
    this.announcement = announcement;
    this.snapshots = snapshots;
    this.config = config;
    this.freezes = freezes;
    this.busy = busy;
    this.reverts = reverts;
  }

  @Override
  public Deployment handleRequest(PlanInvocation in, Context context) {
    if (!(in.document() instanceof Map<?, ?> input)) {
      String found = FoundValue.describe(in.document());
      return refused(in, List.of(new ValidationError("the input", found, "a JSON object")));
    }
    if (!StoredReleaseLocation.named(input)) {
      return plan(in, input);
    }
    List<ValidationError> problems = StoredReleaseLocation.problems(input);
    return problems.isEmpty()
        ? plan(in, source.read((String) input.get("bucket"), (String) input.get("key")))
        : refused(in, problems);
  }

  private Deployment plan(PlanInvocation in, Map<?, ?> input) {
    ReleaseParser.Result parsed = ReleaseParser.parse(input, defaults(in.execution()));
    // Java 17 switches over no sealed type.
    if (parsed instanceof ReleaseParser.Valid valid) {
      return plan(in, new PlannedRelease(valid.release(), null, null));
    }
    return parsed instanceof ReleaseParser.OfRevert revert
        ? revert(in, revert.request())
        : refused(in, ((ReleaseParser.Invalid) parsed).errors());
  }

  private Deployment revert(PlanInvocation in, RevertRequest request) {
    return reverts
        .find(request)
        .map(asked -> plan(in, asked))
        .orElseGet(
            () ->
                DeploymentFactory.refusal(in, RevertPolicy.unknown(request.revert().deployment())));
  }

  private ReleaseDefaults defaults(String execution) {
    return new ReleaseDefaults(
        config.cluster().orElse(""),
        config.bakeSeconds(),
        Arn.place(execution),
        config.allowSkippedApproval(),
        config.allowOverrides());
  }

  private static Deployment refused(PlanInvocation in, List<ValidationError> errors) {
    return DeploymentFactory.refusal(in, ValidationError.sentences(errors));
  }

  private Deployment plan(PlanInvocation in, PlannedRelease asked) {
    return asked.release().dryRun()
        ? planUnlessHeld(in, reverts.unlocked(asked)).document()
        : planLocked(in, asked);
  }

  /** The lock comes before everything is read, so that nobody changes what is read. */
  private Deployment planLocked(PlanInvocation in, PlannedRelease asked) {
    Release release = asked.release();
    String id = ExecutionArn.name(in.execution());
    Lock wanted = Lock.taken(release.ruleArn(), id, in.execution(), in.now());
    LockService.Taken taken = locks.take(wanted, release, lock -> holders.of(lock, in.now()));
    if (taken.refused()) {
      return DeploymentFactory.refusal(in, taken.result().reason());
    }
    Plan plan = planOrGiveBack(in, asked.on(taken.before()), wanted, taken);
    if (plan.ready()) {
      snapshots.save(plan.document());
    } else {
      locks.giveBack(wanted, taken);
    }
    return plan.document();
  }

  /** With the lock, if at all: a plan that is tried again gives it back. */
  private Plan planUnlessHeld(PlanInvocation in, PlannedRelease asked) {
    Release release = asked.release();
    List<Freeze> concerning =
        Stream.of(release.ruleArn(), release.testRuleArn())
            .filter(Objects::nonNull)
            .flatMap(rule -> freezes.concerning(rule).stream())
            .distinct()
            .toList();
    return Freeze.refusal(release, concerning, in.now())
        .or(() -> busy.refusal(release, in.now()))
        .or(() -> locks.refusalOfTestRule(release))
        .map(refusal -> DeploymentFactory.refused(in, List.of(refusal)))
        .orElseGet(() -> planner.plan(in, asked));
  }

  private Plan announced(PlanInvocation in, Plan plan) {
    return plan.ready()
        ? announcement
            .post(plan.document(), in.now())
            .map(problem -> DeploymentFactory.refused(in, List.of(problem)))
            .orElse(plan)
        : plan;
  }

  private Plan planOrGiveBack(
      PlanInvocation in, PlannedRelease asked, Lock wanted, LockService.Taken taken) {
    try {
      return announced(in, planUnlessHeld(in, asked));
    } catch (RuntimeException failed) {
      locks.giveBack(wanted, taken);
      throw failed;
    }
  }
}
