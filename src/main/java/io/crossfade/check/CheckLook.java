package io.crossfade.check;

import io.crossfade.release.Deployment;
import io.crossfade.release.ReleaseCheck;
import io.crossfade.release.TransientFailure;
import jakarta.enterprise.context.ApplicationScoped;

/** Looks once at a check, of whichever kind. */
@ApplicationScoped
public class CheckLook {
  private final TestEndpoints endpoints;
  private final HttpChecks http;
  private final FunctionChecks functions;
  private final OneOffTasks tasks;

  public CheckLook(
      TestEndpoints endpoints, HttpChecks http, FunctionChecks functions, OneOffTasks tasks) {
    this.endpoints = endpoints;
    this.http = http;
    this.functions = functions;
    this.tasks = tasks;
  }

  /** What was found, and the deployment with what was started for it. */
  record Looked(Deployment deployment, CheckResult result) {}

  /** What passes by itself is tried again at the next look. */
  Looked look(Deployment begun, ReleaseCheck check) {
    try {
      return check.task() == null ? new Looked(begun, answer(begun, check)) : task(begun, check);
    } catch (TransientFailure untold) {
      return new Looked(begun, CheckResult.notYet(untold.getMessage()));
    } catch (IllegalArgumentException unmet) {
      return new Looked(begun, CheckResult.failed(unmet.getMessage()));
    }
  }

  private CheckResult answer(Deployment begun, ReleaseCheck check) {
    String rule = begun.release().testRuleArn();
    if (rule == null) {
      return functions.invoke(begun, check, null);
    }
    TestEndpoint endpoint = endpoints.of(rule);
    try {
      return (check.http() == null
              ? functions.invoke(begun, check, endpoint)
              : http.look(check.http(), endpoint))
          .told(endpoint);
    } catch (TransientFailure untold) {
      throw new TransientFailure(endpoint.withoutSecrets(untold.getMessage()));
    }
  }

  /** A look that is repeated starts no second one: ECS knows it by the same token. */
  private Looked task(Deployment begun, ReleaseCheck check) {
    ReleaseCheck.Task task = check.task().in(begun.release().container());
    String started = begun.progress().checks().task();
    if (started != null) {
      return new Looked(begun, tasks.look(begun.target().cluster(), started, task));
    }
    String arn = tasks.start(begun, task);
    return new Looked(
        begun.with(begun.progress().with(begun.progress().checks().withTask(arn))),
        CheckResult.notYet("the task %s has been started".formatted(arn)));
  }

  /** Leaves nothing behind that the check has started. */
  void end(Deployment deployment) {
    String started = deployment.progress().checks().task();
    if (started != null) {
      tasks.stop(deployment.target().cluster(), started);
    }
  }
}
