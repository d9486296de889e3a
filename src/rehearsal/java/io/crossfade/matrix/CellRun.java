package io.crossfade.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.localaws.Identities;
import io.crossfade.localaws.LocalAws;
import io.crossfade.localaws.Stack;
import io.crossfade.localaws.elb.WeightChange;
import io.crossfade.localaws.faults.Faults;
import io.crossfade.localaws.faults.RecordedCall;
import io.crossfade.localaws.iam.Enforcement;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.localaws.states.ExecutionListener;
import io.crossfade.lock.S3LockStore;
import io.crossfade.rehearsal.VisitorPace;
import io.crossfade.rehearsal.Visitors;
import io.crossfade.rehearsal.VisitorsReport;
import io.crossfade.site.BookingSite;
import io.crossfade.site.OrderBook;
import io.crossfade.site.SampleImages;
import io.crossfade.site.SiteVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * One release in a fresh account under the requests of visitors who order, with one thing that goes
 * wrong, or none.
 */
final class CellRun implements AutoCloseable {
  private static final int VISITORS = 6;
  private static final int BAKE_SECONDS = 30;

  /** Thirty times what a release takes. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final VisitorPace BRISK =
      new VisitorPace(Duration.ofMillis(60), Duration.ofMillis(240), Duration.ofSeconds(10));
  private static final String RELEASE = "release";
  private static final String EARLIER = "earlier";
  private static final String IMAGE = "registry.example/backend@sha256:" + "2".repeat(64);

  private final Worker worker;
  private final ReleasePath path;
  private final LocalAws aws;
  private final SampleImages images;
  private final BookingSite site;
  private final String testRule;
  private final Stack stack;
  private final RunningFunctions inFlight;
  private final Enforcement permissions;
  private final Faults faults;
  private final AutoApprover approver;
  private final Visitors visitors;
  private final WeightWatch watch;
  private final EndState before;
  private final long toldBefore;
  private final Endings endings = new Endings();
  private Trigger trigger;
  private volatile long changesWhenTheLockWasLost = -1;
  private volatile String lockOfAnother = "";

  CellRun(Worker worker, ReleasePath path, PlantedDefect defect) throws InterruptedException {
    this.worker = worker;
    this.path = path;
    this.aws = new LocalAws(worker.gateway, worker.speed);
    this.images = new SampleImages(worker.vertx, new OrderBook());
    images.pushFrontend(BookingSite.FRONTEND_IMAGE, SiteVersion.good("frontend-1"));
    images.pushBackend(BookingSite.BACKEND_IMAGE, SiteVersion.good("backend-1"));
    var fresh = images.backend(SiteVersion.good("backend-2"));
    aws.images().fallback(uri -> images.image(uri).or(() -> Optional.of(fresh)));
    this.site = new BookingSite(aws, BookingSite.Names.SAMPLE);
    makePeculiar();
    this.testRule = site.addTestRule(site.backend());
    this.inFlight = new RunningFunctions(defect);
    this.stack = new Stack(aws, worker.host, worker.template, inFlight);
    stack.patience(PATIENCE);
    stack.install(worker.slack, worker.slack.botSecret());
    this.permissions = stack.enforce();
    stack.states().addListener(endings);
    this.approver = new AutoApprover(worker.slack, stack.states(), path.answer);
    site.awaitHealthy();
    releaseIfToBeReverted();
    this.toldBefore = aws.sns().published().size();
    this.faults =
        new Faults(worker.gateway, stack.identities(), worker.host::kill).watch(stack.states());
    this.before = EndState.of(aws, site, testRule);
    this.watch =
        new WeightWatch(
            aws,
            site.backend(),
            path == ReleasePath.REVERT
                ? site.backend().blueGroupArn()
                : site.backend().greenGroupArn(),
            BAKE_SECONDS);
    stack.states().addListener(watch);
    this.visitors = new Visitors(worker.vertx, site.url(), VISITORS, BRISK);
  }

  /** How the last ending was announced. */
  private static final class Endings implements ExecutionListener {
    private volatile String lastNotice = "";

    @Override
    public void stateEntered(String arn, String state, JsonNode input, Instant at) {
      if (state.startsWith("Notify")) {
        lastNotice = state;
      }
    }
  }

  /** Things that no template says, so that only a snapshot can bring them back. */
  private void makePeculiar() {
    BookingSite.Application backend = site.backend();
    Map<String, Integer> sevenToNothing = new LinkedHashMap<>();
    sevenToNothing.put(backend.blueGroupArn(), 7);
    sevenToNothing.put(backend.greenGroupArn(), 0);
    aws.elb()
        .modifyRule(r -> r.ruleArn(backend.ruleArn()).actions(BookingSite.forward(sevenToNothing)));
    aws.ecs().updateService(r -> r.cluster(site.cluster()).service("backend-blue").desiredCount(3));
    aws.scaling()
        .registerScalableTarget(
            r ->
                r.serviceNamespace(ServiceNamespace.ECS)
                    .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                    .resourceId("service/%s/backend-blue".formatted(site.cluster()))
                    .suspendedState(s -> s.scheduledScalingSuspended(true)));
  }

  /** The release without anything going wrong: every call it makes, and the state it ends in. */
  record Recording(List<RecordedCall> calls, List<String> states, EndState end) {}

  Recording record() throws InterruptedException {
    // A conflict is written again: one call more, where another run has none.
    aws.s3().conflictEvery(Integer.MAX_VALUE);
    List<String> states = new ArrayList<>();
    stack
        .states()
        .addListener(
            new ExecutionListener() {
              @Override
              public void stateEntered(String arn, String state, JsonNode input, Instant at) {
                synchronized (states) {
                  states.add(state);
                }
              }
            });
    stopAtHalfIfToBeRestored();
    String outcome = outcome(play());
    EndState end = EndState.of(aws, site, testRule);
    requireRight(outcome, end);
    return new Recording(faults.recorder().calls(), states.stream().distinct().toList(), end);
  }

  /** What the cells are compared with must be right itself. */
  private void requireRight(String outcome, EndState end) {
    boolean right =
        switch (path) {
          case RELEASE ->
              outcome.equals("Released") && end.isReleaseOf(before, "blue", "green", IMAGE);
          case REVERT ->
              outcome.equals("Released") && end.isReleaseOf(before, "green", "blue", "as before");
          case ROLLBACK, RESTORE -> outcome.equals("RolledBack") && end.equals(before);
        };
    if (!right) {
      throw new IllegalStateException(
          "%s, with nothing going wrong, ended %s: %s".formatted(path, outcome, end.lines()));
    }
  }

  CellResult run(MatrixCell cell, EndState released) throws InterruptedException {
    arm(cell);
    stopAtHalfIfToBeRestored();
    DescribeExecutionResponse ended = play();
    String outcome = outcome(ended);
    boolean hit =
        cell.kind() == FaultKind.NOTHING
            || (trigger == null ? !faults.failedCalls().isEmpty() : trigger.fired());
    return new CellResult(
        cell.id(),
        outcome,
        ended.cause() == null ? "" : ended.cause(),
        hit,
        violations(cell, outcome, ended, released));
  }

  private void arm(MatrixCell cell) {
    if (cell.kind() == FaultKind.NOTHING) {
      return;
    }
    if (cell.readsSecret()) {
      worker.host.kill(name(cell.function()));
    }
    if (cell.kind().failsACall()) {
      faults.inject(cell.rule());
    } else {
      trigger = new Trigger(cell, execution -> inject(cell.kind(), execution));
      stack.states().addListener(trigger);
      worker.gateway.intercept(trigger);
    }
  }

  private String name(String logicalId) {
    return stack.identities().function(Identities.accessKeyId(logicalId)).orElseThrow().name();
  }

  private void inject(FaultKind kind, String execution) {
    switch (kind) {
      case ABORTED -> stack.states().stopExecution(r -> r.executionArn(execution));
      case TIMED_OUT -> stack.states().timeOut(execution);
      case LOCK_LOST -> takeTheLockAway();
      default -> throw new IllegalStateException(kind + " makes a call fail");
    }
  }

  private void takeTheLockAway() {
    lockOfAnother = lock().orElseThrow().replace('"' + RELEASE + '"', "\"another\"");
    aws.s3()
        .put(
            stack.stateBucket(),
            S3LockStore.key(site.backend().ruleArn()),
            lockOfAnother.getBytes(StandardCharsets.UTF_8));
    changesWhenTheLockWasLost = changes();
  }

  private Optional<String> lock() {
    return aws.s3()
        .get(stack.stateBucket(), S3LockStore.key(site.backend().ruleArn()))
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  private void stopAtHalfIfToBeRestored() {
    if (path == ReleasePath.RESTORE) {
      aws.elb().onRuleWritten(this::stopAtHalf);
    }
  }

  private void stopAtHalf(WeightChange change) {
    BookingSite.Application backend = site.backend();
    boolean half =
        change.ruleArn().equals(backend.ruleArn())
            && change.weights().get(backend.blueGroupArn()).equals(50);
    if (half) {
      String arn = stack.stateMachineArn().replace(":stateMachine:", ":execution:");
      stack.states().stopExecution(r -> r.executionArn(arn + ":" + RELEASE));
    }
  }

  /** Nobody comes yet, and nothing goes wrong. */
  private void releaseIfToBeReverted() throws InterruptedException {
    if (path == ReleasePath.REVERT) {
      String steps = "[{\"weight\": 100, \"bakeSeconds\": 0}]";
      DescribeExecutionResponse ended = stack.await(stack.start(EARLIER, release(steps)));
      if (ended.status() != ExecutionStatus.SUCCEEDED) {
        throw new IllegalStateException("there is nothing to revert: " + ended.cause());
      }
    }
  }

  /** Until nothing runs any more, what the guardian starts included. */
  private DescribeExecutionResponse play() throws InterruptedException {
    visitors.start();
    Await.until("somebody has ordered", () -> !images.orders().orders().isEmpty());
    String execution = stack.start(RELEASE, input());
    DescribeExecutionResponse ended = stack.awaitWithRestores(execution);
    inFlight.awaitNone();
    approver.leave();
    visitors.stop();
    watch.close();
    return ended;
  }

  private String input() {
    return path == ReleasePath.REVERT
        ? "{\"revert\": \"%s\", \"why\": \"the matrix\", \"steps\": %s}"
            .formatted(EARLIER, steps(50, 100))
        : release(steps(25, 50, 75, 100));
  }

  private String release(String steps) {
    return """
        {"imageUri": "%s", "BASE_SERVICE_NAME": "backend", "rule_arn": "%s",
         "test_rule_arn": "%s",
         "checks": [{"name": "smoke", "deadlineSeconds": 1800, "http": {"path": "/api/restaurants"}}],
         "approval": {"timeoutSeconds": 1800}, "steps": %s}"""
        .formatted(IMAGE, site.backend().ruleArn(), testRule, steps);
  }

  private static String steps(int... weights) {
    return Arrays.stream(weights)
        .mapToObj(weight -> "{\"weight\": %d, \"bakeSeconds\": %d}".formatted(weight, BAKE_SECONDS))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private String outcome(DescribeExecutionResponse ended) {
    return switch (ended.status()) {
      case SUCCEEDED ->
          endings.lastNotice.equals("NotifyReleasedWithWarning")
              ? "ReleasedWithWarning"
              : "Released";
      case FAILED -> ended.error();
      default -> ended.statusAsString();
    };
  }

  private long changes() {
    return worker.gateway.callCounts().entrySet().stream()
        .filter(call -> call.getKey().matches(".*:(Modify|Update|Register|Deregister|Delete).*"))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private List<String> violations(
      MatrixCell cell, String outcome, DescribeExecutionResponse ended, EndState released) {
    List<String> found = new ArrayList<>(watch.violations());
    VisitorsReport seen = visitors.report(images.orders());
    require(found, seen.failed() == 0, "%d requests failed".formatted(seen.failed()));
    require(found, seen.acknowledged() > 0, "nobody ordered");
    require(found, seen.lost() == 0, "%d orders were lost".formatted(seen.lost()));
    require(found, stack.states().pendingTokens().isEmpty(), "a task token is left pending");
    permissions.denied().forEach(call -> found.add("not permitted: " + call));
    state(cell, outcome, ended, released).ifPresent(found::add);
    lock(cell, outcome).ifPresent(found::add);
    require(found, told(cell, outcome), "nobody is told of " + outcome);
    if (outcome.startsWith("Released") && path != ReleasePath.REVERT) {
      require(found, approver.asked(), "released without asking anybody");
    }
    return found;
  }

  private static void require(List<String> found, boolean holds, String otherwise) {
    if (!holds) {
      found.add(otherwise);
    }
  }

  /** Exactly as it was, exactly as it shall be, or a true word about what is not. */
  private Optional<String> state(
      MatrixCell cell, String outcome, DescribeExecutionResponse ended, EndState released) {
    EndState now = EndState.of(aws, site, testRule);
    String reason = String.valueOf(ended.cause());
    if (cell.kind() == FaultKind.LOCK_LOST) {
      boolean told = Set.of("RestoreIncomplete", "ReleasedWithWarning").contains(outcome);
      boolean theirs = lock().equals(Optional.of(lockOfAnother));
      return told && theirs && changes() == changesWhenTheLockWasLost
          ? Optional.empty()
          : Optional.of("%s, and went on without its lock: %s".formatted(outcome, reason));
    }
    return switch (outcome) {
      case "Released" -> different(outcome, now, released);
      case "RolledBack", "Refused" -> different(outcome, now, before);
      case "ReleasedWithWarning" ->
          now.sameLine(released, "the rule")
                  && now.sameLine(released, "the test rule")
                  && now.sameLine(released, newVersion())
              ? Optional.empty()
              : different(outcome, now, released);
      case "RestoreIncomplete" ->
          reason.isBlank() || now.equals(before)
              ? Optional.of("RestoreIncomplete, and that is not true: " + reason)
              : Optional.empty();
      default ->
          now.equals(before) || now.equals(released)
              ? Optional.empty()
              : Optional.of("%s half way: %s".formatted(outcome, now.differences(before)));
    };
  }

  private String newVersion() {
    return path == ReleasePath.REVERT ? "backend-blue" : "backend-green";
  }

  /**
   * By SNS, unless that call is the one that fails for good, or somebody stopped what would have
   * told.
   */
  private boolean told(MatrixCell cell, String outcome) {
    boolean hit = "sns:Publish".equals(cell.operation()) && cell.kind() == FaultKind.FAILED_BEFORE;
    boolean ended = !Set.of("ABORTED", "TIMED_OUT").contains(outcome);
    return hit
        || !ended
        || aws.sns().published().stream()
            .skip(toldBefore)
            .anyMatch(mail -> mail.message().startsWith("Outcome: " + outcome + "\n"));
  }

  private static Optional<String> different(String outcome, EndState now, EndState wanted) {
    return now.equals(wanted)
        ? Optional.empty()
        : Optional.of("%s, but %s".formatted(outcome, now.differences(wanted)));
  }

  /**
   * Given back, unless the state that would give it back failed: then the next one may take it
   * over.
   */
  private Optional<String> lock(MatrixCell cell, String outcome) {
    boolean kept = lock().filter(lock -> lock.contains("\"released\":false")).isPresent();
    boolean mayBe =
        outcome.equals("RestoreIncomplete")
            || cell.state().startsWith("Notify")
            || cell.state().equals("Plan")
            || cell.kind() == FaultKind.LOCK_LOST;
    return kept && !mayBe ? Optional.of(outcome + ", but the lock is kept") : Optional.empty();
  }

  @Override
  public void close() {
    watch.close();
    faults.close();
    if (trigger != null) {
      worker.gateway.removeInterceptor(trigger);
    }
    stack.close();
    inFlight.awaitNone();
    visitors.close();
    aws.close();
    images.close();
  }
}
