package io.crossfade.plan;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.lock.Lock;
import io.crossfade.lock.LockService;
import io.crossfade.lock.LockStore;
import io.crossfade.release.Deployment;
import io.crossfade.release.Release;
import io.crossfade.release.Verdict;
import io.crossfade.rollback.SnapshotStore;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads the input, finds out what is there, and plans the release or refuses it. */
@Named("plan")
public class PlanHandler implements RequestHandler<PlanInvocation, Deployment> {
  private final ReleaseSource source;
  private final LockService locksmith;
  private final LockHolderReader holders;
  private final ReleasePlanner surveyor;
  private final SnapshotStore snapshots;
  private final ReleaseDefaults defaults;

  public PlanHandler(
      ReleaseSource source,
      LockStore locks,
      LockHolderReader holders,
      ReleasePlanner surveyor,
      SnapshotStore snapshots,
      PlanConfig config) {
    this.source = source;
    this.locksmith = new LockService(locks);
    this.holders = holders;
    this.surveyor = surveyor;
    this.snapshots = snapshots;
    this.defaults = new ReleaseDefaults(config.cluster().orElse(""), config.bakeSeconds());
  }

  @Override
  public Deployment handleRequest(PlanInvocation in, Context context) {
    if (!(in.document() instanceof Map<?, ?> document)) {
      return refused(
          in,
          List.of(
              new ValidationError(
                  "the input", StrictFields.describe(in.document()), "a JSON object")));
    }
    Map<String, Object> input = new LinkedHashMap<>();
    document.forEach((key, value) -> input.put(String.valueOf(key), value));
    return plan(in, input);
  }

  private Deployment plan(PlanInvocation in, Map<String, Object> given) {
    Map<String, Object> input = given;
    if (StoredReleaseLocation.named(input)) {
      List<ValidationError> problems = StoredReleaseLocation.problems(input);
      if (!problems.isEmpty()) {
        return refused(in, problems);
      }
      input =
          source.read(
              StoredReleaseLocation.of(input).bucket(), StoredReleaseLocation.of(input).key());
    }
    ReleaseParser.Parsed parsed = ReleaseParser.parse(input, defaults);
    return parsed.problems().isEmpty()
        ? plan(in, parsed.release())
        : refused(in, parsed.problems());
  }

  private static Deployment refused(PlanInvocation in, List<ValidationError> problems) {
    String reason =
        problems.stream().map(ValidationError::sentence).collect(Collectors.joining("\n"));
    return Deployment.refused(DeploymentFactory.id(in.execution()), in.execution(), reason);
  }

  private Deployment plan(PlanInvocation in, Release release) {
    return release.dryRun() ? surveyor.plan(in, release) : locked(in, release);
  }

  /** The lock comes before the survey: nobody changes what is read. */
  private Deployment locked(PlanInvocation in, Release release) {
    String id = DeploymentFactory.id(in.execution());
    Lock wanted = Lock.taken(release.ruleArn(), id, in.execution(), in.now());
    LockService.Taken taken = locksmith.take(wanted, release, lock -> holders.of(lock, in.now()));
    if (taken.refused()) {
      return Deployment.refused(id, in.execution(), taken.ruling().reason());
    }
    Deployment planned = surveyed(in, release, wanted, taken);
    if (planned.verdict().action() == Verdict.Action.PROCEED) {
      snapshots.save(planned);
    } else {
      locksmith.giveBack(wanted, taken);
    }
    return planned;
  }

  private Deployment surveyed(
      PlanInvocation in, Release release, Lock wanted, LockService.Taken taken) {
    try {
      return surveyor.plan(in, release);
    } catch (RuntimeException failed) {
      locksmith.giveBack(wanted, taken);
      throw failed;
    }
  }
}
