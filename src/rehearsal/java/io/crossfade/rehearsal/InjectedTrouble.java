package io.crossfade.rehearsal;

import io.crossfade.localaws.LocalAws;
import io.crossfade.localaws.Stack;
import io.crossfade.localaws.iam.IamUser;
import io.crossfade.localaws.scaling.Autoscaler;
import io.crossfade.localaws.sdk.Arns;
import io.crossfade.rehearsal.page.Trouble;
import io.crossfade.release.Release;
import io.crossfade.release.Step;
import io.crossfade.site.Behaviour;
import io.crossfade.site.BookingSite;
import io.crossfade.site.SampleImages;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** What goes on around a release besides the release. */
final class InjectedTrouble implements AutoCloseable {
  /** The name of the release that must be refused. */
  static final String SECOND = "second";

  /** Who gives commands. */
  private static final String PERSON = "ann";

  private static final Duration A_MOMENT = Duration.ofSeconds(4);
  private static final Duration LESS_THAN_A_POLL = Duration.ofSeconds(5);
  private static final Duration A_MINUTE = Duration.ofMinutes(1);
  private static final int FLAPS = 3;

  /** Two health checks of the site: the target is missing when the bake ends. */
  private static final int UNHEALTHY_AFTER_SECONDS = 20;

  private final LocalAws aws;
  private final BookingSite stage;
  private final BookingSite.Application released;
  private final Scenario scenario;
  private final ProgressPrinter printer;
  private final SampleImages images;
  private final String newVersion;
  private final Duration moment;
  private final Autoscaler autoscaler;
  private final Stack stack;
  private final AtomicBoolean made = new AtomicBoolean();
  private final Set<Trouble> byHand = ConcurrentHashMap.newKeySet();
  private volatile String release;
  private volatile String execution;
  private volatile String second;
  private volatile String refused;
  private final CommandClient person;
  private final Duration pause;
  private final int weightAtHalf;

  /**
   * @param newVersion the name of the version that is released
   */
  InjectedTrouble(
      LocalAws aws,
      Stack stack,
      BookingSite stage,
      SampleImages images,
      String newVersion,
      Release given,
      Scenario scenario,
      ProgressPrinter printer) {
    this.images = images;
    this.newVersion = newVersion;
    this.moment = scenario == Scenario.FLAP ? beforeTheEnd(given) : A_MOMENT;
    this.aws = aws;
    this.stack = stack;
    this.stage = stage;
    this.released = stage.released();
    this.scenario = scenario;
    this.printer = printer;
    IamUser user = IamUser.commanding(PERSON);
    stack.users().add(user);
    this.person = new CommandClient(stack.commandUrl(), user);
    this.weightAtHalf = half(given).map(Step::weight).orElse(0);
    this.pause = Duration.ofSeconds(2L * bakeAtHalf(given));
    this.autoscaler = new Autoscaler(aws.clock(), aws.ecs(), aws.elb(), aws.scaling());
    if (scenario == Scenario.AUTOSCALER) {
      scaleInAlways();
    }
  }

  private static Duration beforeTheEnd(Release given) {
    return Duration.ofSeconds(Math.max(0, bakeAtHalf(given) - UNHEALTHY_AFTER_SECONDS));
  }

  private static int bakeAtHalf(Release given) {
    return half(given).map(Step::bakeSeconds).orElse(0);
  }

  private static Optional<Step> half(Release given) {
    return given.steps().stream().filter(step -> ScenarioCheck.isHalf(step.weight())).findFirst();
  }

  /** The release whose trouble it is, as it was started. */
  void of(String release, String execution) {
    this.release = release;
    this.execution = execution;
  }

  /** The new version has been given half of the traffic. */
  void atHalf() {
    if (ScenarioCheck.waitsForHalf(scenario) && made.compareAndSet(false, true)) {
      aws.clock().after(moment, this::make);
    }
  }

  private void make() {
    switch (scenario) {
      case DRIFT -> drift();
      case BLIP -> fire(LESS_THAN_A_POLL);
      case FLAP -> flap();
      case ABORT -> abort();
      case PAUSE -> pause();
      case PROMOTE -> promote();
      case ROLLBACK -> command("rollback", "the checkout looks slow");
      default -> startAnother();
    }
  }

  /** What somebody who looks at the page does to the release. */
  void make(Trouble trouble) {
    byHand.add(trouble);
    switch (trouble) {
      case FAIL -> failRequests();
      case HANG -> hang();
      case LOSE_TASK -> stopTask();
      case ALARM -> fire(A_MINUTE);
      case STOP -> abort();
      case WEIGHTS -> drift();
      case AUTOSCALER -> scaleInAlways();
    }
  }

  /** What was done by hand, of which no scenario knows. */
  Set<Trouble> byHand() {
    return Set.copyOf(byHand);
  }

  private void failRequests() {
    printer.say(newVersion + " begins to fail one request in three.");
    images.behave(newVersion, new Behaviour.FailsUnderTraffic(0, 3));
  }

  private void hang() {
    printer.say(newVersion + " answers nothing but health checks any more.");
    images.behave(newVersion, Behaviour.HANGS);
  }

  private void stopTask() {
    printer.say("ECS loses a task of the new version.");
    aws.ecs().runningTasks(stage.cluster(), released.name() + "-green").stream()
        .findFirst()
        .ifPresent(
            task -> aws.ecs().stopTask(r -> r.cluster(stage.cluster()).task(task.taskArn())));
  }

  private void scaleInAlways() {
    printer.say("The autoscaler wants both services at their minimum, all the time.");
    for (String colour : new String[] {"blue", "green"}) {
      autoscaler.scaleInEveryRound(
          "service/%s/%s-%s".formatted(stage.cluster(), released.name(), colour));
    }
  }

  private void drift() {
    printer.say("Somebody else gives the new version 10 %.");
    var weights = Map.of(released.blueGroupArn(), 90, released.greenGroupArn(), 10);
    aws.elb().modifyRule(r -> r.ruleArn(released.ruleArn()).actions(BookingSite.forward(weights)));
  }

  private void fire(Duration lasting) {
    String alarm = released.name() + "-green-5xx";
    printer.say(
        lasting.equals(LESS_THAN_A_POLL)
            ? alarm + " fires, and is OK again before anybody looks."
            : alarm + " fires.");
    aws.cloudWatch().blip(alarm, lasting);
  }

  private void flap() {
    printer.say("One target of the new version fails %d health checks.".formatted(FLAPS));
    images.failHealthChecks(newVersion, FLAPS);
  }

  private void abort() {
    printer.say("Somebody stops the execution.");
    stack.states().stopExecution(r -> r.executionArn(execution));
  }

  /** For as long as two bakes; then it goes on. */
  private void pause() {
    command("pause", "the checkout looks slow");
    aws.clock().after(pause, () -> command("continue", "it was the network"));
  }

  private void promote() {
    told("promote", person.promote(deployment(), weightAtHalf, "it looks good"), 202);
  }

  private void command(String command, String why) {
    told(command, person.give(command, deployment(), why), 202);
  }

  private String deployment() {
    return Arns.lastPart(execution.replace(':', '/'));
  }

  /** What comes before the release is started. */
  void beforeRelease() {
    if (scenario == Scenario.FREEZE) {
      String until = aws.clock().now().plus(Duration.ofHours(1)).toString();
      told(
          "freeze",
          person.send(
              Map.of(
                  "command",
                  "freeze",
                  "rule",
                  released.ruleArn(),
                  "until",
                  until,
                  "why",
                  "dinner rush")),
          200);
    }
  }

  /** What comes after its end: the execution that takes it back, if somebody does. */
  Optional<String> afterRelease() {
    if (scenario != Scenario.REVERT) {
      return Optional.empty();
    }
    command("revert", "orders come in at the old prices");
    return refused == null ? Optional.of(execution + "-revert-1") : Optional.empty();
  }

  private void told(String command, CommandClient.Answer answer, int expected) {
    printer.say("%s says %s: %s".formatted(PERSON, command, answer.message()));
    if (answer.status() != expected) {
      refused = "%s was answered %d: %s".formatted(command, answer.status(), answer.message());
    }
  }

  private void startAnother() {
    printer.say("Somebody starts a second release of the same rule.");
    second = stack.start(SECOND, release);
  }

  /**
   * What was refused that must not be; or what the second release came to, if there was one, though
   * it must be refused.
   */
  Optional<String> objection() throws InterruptedException {
    if (refused != null || second == null) {
      return Optional.ofNullable(refused);
    }
    var ended = stack.await(second);
    printer.say("The second release: %s: %s".formatted(ended.error(), ended.cause()));
    return "Refused".equals(ended.error())
        ? Optional.empty()
        : Optional.of("the second release must be refused, but ended in " + ended.error());
  }

  @Override
  public void close() {
    autoscaler.close();
  }
}
