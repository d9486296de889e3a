package io.crossfade.rehearsal;

import io.crossfade.localaws.LocalAws;
import io.crossfade.localaws.scaling.Autoscaler;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** What goes on around a release besides the release. */
final class Trouble implements AutoCloseable {
  private static final Duration A_MOMENT = Duration.ofSeconds(4);
  private static final Duration LESS_THAN_A_POLL = Duration.ofSeconds(5);

  private final LocalAws aws;
  private final BookingSite stage;
  private final Scenario scenario;
  private final ProgressPrinter printer;
  private final Autoscaler autoscaler;
  private final AtomicBoolean made = new AtomicBoolean();

  Trouble(LocalAws aws, BookingSite stage, Scenario scenario, ProgressPrinter printer) {
    this.aws = aws;
    this.stage = stage;
    this.scenario = scenario;
    this.printer = printer;
    this.autoscaler = new Autoscaler(aws.clock(), aws.ecs(), aws.elb(), aws.scaling());
    if (scenario == Scenario.AUTOSCALER) {
      printer.say("The autoscaler wants both services at their minimum, all the time.");
      for (String colour : new String[] {"blue", "green"}) {
        autoscaler.fight(
            "service/%s/%s-%s".formatted(stage.cluster(), stage.backend().name(), colour));
      }
    }
  }

  /** The new version has been given half of the traffic. */
  void atHalf() {
    boolean awaited = scenario == Scenario.DRIFT || scenario == Scenario.BLIP;
    if (awaited && made.compareAndSet(false, true)) {
      aws.clock().after(A_MOMENT, this::make);
    }
  }

  private void make() {
    if (scenario == Scenario.DRIFT) {
      printer.say("Somebody else gives the new version 10 %.");
      var weights = Map.of(stage.backend().blueGroupArn(), 90, stage.backend().greenGroupArn(), 10);
      aws.elb()
          .modifyRule(
              r -> r.ruleArn(stage.backend().ruleArn()).actions(BookingSite.forward(weights)));
    } else {
      String alarm = stage.backend().name() + "-green-5xx";
      printer.say("%s fires, and is OK again before anybody looks.".formatted(alarm));
      aws.cloudWatch().blip(alarm, LESS_THAN_A_POLL);
    }
  }

  @Override
  public void close() {
    autoscaler.close();
  }
}
