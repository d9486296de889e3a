package io.crossfade.fleet;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.aws.Handler;
import io.crossfade.lock.LockGuard;
import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;
import io.crossfade.release.Invocation;
import io.crossfade.release.PermanentFailure;
import jakarta.inject.Named;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Clones the stable service's task definition with only the image changed. */
@Named("register-task-definition")
@Handler
public class RegisterTaskDefinitionHandler implements RequestHandler<Invocation, Deployment> {
  private enum Done implements Decision.Action {
    /** REGISTERED means the revision is there and was read back. */
    REGISTERED
  }

  private final LockGuard guard;
  private final TaskDefinitions definitions;

  public RegisterTaskDefinitionHandler(LockGuard guard, TaskDefinitions definitions) {
    this.guard = guard;
    this.definitions = definitions;
  }

  @Override
  public Deployment handleRequest(Invocation in, Context context) {
    guard.require(in);
    Deployment deployment = in.document();
    Map<String, Object> wanted = wanted(deployment);
    String arn =
        alreadyRegistered(wanted, deployment).orElseGet(() -> definitions.register(wanted));
    Set<String> differences =
        TaskDefinitionComparison.differences(
            wanted, TaskDefinitionCopy.content(definitions.read(arn)));
    if (!differences.isEmpty()) {
      throw new PermanentFailure("%s differs from what was sent in %s".formatted(arn, differences));
    }
    return deployment
        .withTaskDefinition(arn)
        .recordDecision(Decision.of(Done.REGISTERED, "registered " + arn), in.now());
  }

  private Map<String, Object> wanted(Deployment deployment) {
    String running = deployment.snapshot().stable().taskDefinition();
    String container = deployment.release().container();
    return TaskDefinitionCopy.of(
        definitions.read(running), container, deployment.release().imageUri());
  }

  /** A retry finds what the first try registered, instead of piling up revisions. */
  private Optional<String> alreadyRegistered(Map<String, Object> wanted, Deployment deployment) {
    return definitions
        .latest((String) wanted.get("family"))
        .filter(
            latest ->
                TaskDefinitionComparison.differences(wanted, TaskDefinitionCopy.content(latest))
                    .isEmpty())
        .map(latest -> (String) latest.get("taskDefinitionArn"))
        .filter(arn -> deployment.release().pinned() || !inUse(arn, deployment));
  }

  /** A tag may mean another image today: only a revision of its own makes ECS look again. */
  private static boolean inUse(String arn, Deployment deployment) {
    return arn.equals(deployment.snapshot().stable().taskDefinition())
        || arn.equals(deployment.snapshot().canary().taskDefinition());
  }
}
