package io.crossfade.drill;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.drill.Drill.Patience;
import io.crossfade.release.ExecutionArn;
import io.crossfade.traffic.ElbListenerRules;
import io.crossfade.traffic.ListenerRule;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** One release that is turned back, and what there was before and after. */
final class DrillRun {
  private static final String REASON = "crossfade drill: set by hand, nothing is wrong";
  private static final int EVENTS = 25;

  /** The states in which a release puts everything back. */
  static final Set<String> PUTTING_BACK = Set.of("Rollback", "WaitForRestore", "CheckRestore");

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  /** What the drill knows of the execution that it would leave behind. */
  private enum Progress {
    /** NONE means that there is none, or that it has ended. */
    NONE,
    /** ASKED_FOR means that AWS has not answered yet whether it has begun. */
    ASKED_FOR,
    /** GOES_ON means that it may still release. */
    GOES_ON,
    /** STOPPED means that it was stopped, and that no restore of it was seen. */
    STOPPED,
    /** PUTS_BACK means that it puts everything back, as a release or as a restore. */
    PUTS_BACK
  }

  private final AwsAccount aws;
  private final DrillOptions options;
  private final DrillTarget target;
  private final Patience patience;
  private final Consumer<String> out;
  private final List<DrillReport.Entry> timeline = new CopyOnWriteArrayList<>();
  private volatile Progress progress = Progress.NONE;
  private volatile String execution;
  private volatile boolean alarmSet;
  private boolean interrupted;
  private String state = "";
  private int share = -1;
  private boolean turned;

  DrillRun(
      AwsAccount aws,
      DrillOptions options,
      DrillTarget target,
      Patience patience,
      Consumer<String> out) {
    this.aws = aws;
    this.options = options;
    this.target = target;
    this.patience = patience;
    this.out = out;
  }

  DrillReport run() throws InterruptedException {
    AccountState before = AccountState.read(aws, target);
    Instant began = Instant.now();
    try {
      String started = start(began);
      say("Started " + started);
      DescribeExecutionResponse ended = follow(started);
      if (ended.status() == ExecutionStatus.ABORTED) {
        progress = Progress.STOPPED;
        ended = follow(restore());
      }
      progress = Progress.NONE;
      Instant over = Instant.now();
      putAlarmBack();
      say("Ended: " + outcome(ended));
      AccountState after = atRest(before);
      return new DrillReport(
          options,
          target,
          started,
          outcome(ended),
          Optional.ofNullable(ended.cause()).orElse(""),
          List.copyOf(timeline),
          before,
          after,
          began,
          over);
    } finally {
      putAlarmBack();
    }
  }

  private String outcome(DescribeExecutionResponse ended) {
    return ended.status() == ExecutionStatus.SUCCEEDED
        ? state
        : Optional.ofNullable(ended.error()).orElse(ended.statusAsString());
  }

  private String start(Instant now) {
    String name = "drill-%s-%s".formatted(options.scenario().label(), NAME.format(now));
    String input = json(DrillInput.of(options, target));
    begin(target.stateMachineArn().replace(":stateMachine:", ":execution:") + ":" + name);
    aws.states()
        .startExecution(r -> r.stateMachineArn(target.stateMachineArn()).name(name).input(input));
    progress = Progress.GOES_ON;
    return execution;
  }

  /** Known before AWS answers, so that a start whose answer is lost is told. */
  private synchronized void begin(String arn) {
    if (interrupted) {
      throw new IllegalStateException("interrupted before the release began");
    }
    execution = arn;
    progress = Progress.ASKED_FOR;
  }

  private static String json(Object value) {
    try {
      return new ObjectMapper().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private DescribeExecutionResponse follow(String arn) throws InterruptedException {
    while (true) {
      // The SDK has tried again already, so what fails here is more than a moment's trouble.
      DescribeExecutionResponse now = aws.states().describeExecution(r -> r.executionArn(arn));
      look(arn);
      if (now.status() != ExecutionStatus.RUNNING) {
        return now;
      }
      if (!turned && share >= options.scenario().turn()) {
        turn(arn);
      }
      Thread.sleep(patience.poll().toMillis());
    }
  }

  /** Says what has changed since the last look. */
  private void look(String arn) {
    List<String> entered = entered(arn);
    if (entered.stream().anyMatch(PUTTING_BACK::contains)) {
      progress = Progress.PUTS_BACK;
    }
    String nowState = entered.isEmpty() ? state : entered.get(entered.size() - 1);
    int nowShare = share();
    if (nowShare != share || !nowState.equals(state)) {
      state = nowState;
      share = nowShare;
      timeline.add(new DrillReport.Entry(Instant.now(), state, share));
      say("%-22s %s gets %d %%".formatted(state, target.canary(), share));
    }
  }

  /** The states that were entered lately and are no choices, the latest last. */
  private List<String> entered(String arn) {
    List<String> names =
        new ArrayList<>(
            aws
                .states()
                .getExecutionHistory(r -> r.executionArn(arn).reverseOrder(true).maxResults(EVENTS))
                .events()
                .stream()
                .map(HistoryEvent::stateEnteredEventDetails)
                .filter(details -> details != null && !details.name().startsWith("Decide"))
                .map(details -> details.name())
                .toList());
    Collections.reverse(names);
    return names;
  }

  private int share() {
    ListenerRule rule = new ElbListenerRules(aws.elb()).read(target.ruleArn());
    return rule.forward()
        .map(
            forward -> {
              int all = forward.groups().stream().mapToInt(group -> group.weight()).sum();
              return all == 0 ? 0 : forward.weightOf(target.canaryGroupArn()) * 100 / all;
            })
        .orElse(0);
  }

  /** Not once somebody has been told what goes on: that would no longer be true. */
  private synchronized void turn(String arn) {
    if (interrupted) {
      return;
    }
    switch (options.scenario()) {
      case ALARM -> {
        // Only what an alarm does after the shift counts against the step.
        if (state.equals("Bake") || state.equals("CheckAlarms")) {
          turned = true;
          String alarm = target.alarm().orElseThrow();
          say("Sets the alarm %s to ALARM.".formatted(alarm));
          alarmSet = true;
          setAlarm(alarm, StateValue.ALARM);
        }
      }
      case REJECT -> {
        if (state.equals("RequestApproval")) {
          turned = true;
          say(
              "Slack asks in channel %s. Click Reject there within %d minutes. These may: %s"
                  .formatted(
                      target.slackChannel(), options.timeoutSeconds() / 60, target.approvers()));
        }
      }
      case STOP -> {
        turned = true;
        say("Stops the execution. The guardian has to restore.");
        aws.states()
            .stopExecution(
                r -> r.executionArn(arn).error("Drill").cause("stopped by a drill, on purpose"));
        progress = Progress.STOPPED;
      }
    }
  }

  private void setAlarm(String name, StateValue value) {
    aws.cloudWatch().setAlarmState(r -> r.alarmName(name).stateValue(value).stateReason(REASON));
  }

  /**
   * Only from what the drill has set: an alarm that fires by itself stays. What fails is told and
   * not thrown, so that it hides nothing else.
   */
  private synchronized void putAlarmBack() {
    if (!alarmSet) {
      return;
    }
    alarmSet = false;
    String name = target.alarm().orElseThrow();
    try {
      MetricAlarm now = aws.alarm(name);
      if (now.stateValue() == StateValue.ALARM && REASON.equals(now.stateReason())) {
        setAlarm(name, StateValue.OK);
      }
    } catch (RuntimeException failed) {
      out.accept(
          """
          The alarm %s may still be in ALARM: %s
          It is set back by:
            aws cloudwatch set-alarm-state --region %s --alarm-name %s --state-value OK --state-reason 'after a drill'"""
              .formatted(name, failed.getMessage(), target.region(), quoted(name)));
    }
  }

  /** For a shell. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /** The execution by which the guardian puts back what a stopped one has left. */
  private String restore() throws InterruptedException {
    String stopped = execution;
    String restore =
        await(
                () ->
                    aws
                        .states()
                        .listExecutions(r -> r.stateMachineArn(target.stateMachineArn()))
                        .executions()
                        .stream()
                        .map(ExecutionListItem::executionArn)
                        .filter(arn -> arn.startsWith(stopped + "-restore-"))
                        .min(Comparator.naturalOrder()))
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "no restore of %s has begun in %d minutes; docs/operations.md says how to start one"
                            .formatted(stopped, patience.restore().toMinutes())));
    execution = restore;
    progress = Progress.PUTS_BACK;
    say("The guardian has started " + restore);
    return restore;
  }

  /** Services need a while until their last tasks are gone. */
  private AccountState atRest(AccountState before) throws InterruptedException {
    say("Waits until the services are at rest ...");
    return await(
            () ->
                Optional.of(AccountState.read(aws, target))
                    .filter(now -> before.differences(now).isEmpty()))
        .orElseGet(() -> AccountState.read(aws, target));
  }

  private <T> Optional<T> await(Supplier<Optional<T>> look) throws InterruptedException {
    Instant deadline = Instant.now().plus(patience.restore());
    Optional<T> found = look.get();
    while (found.isEmpty() && Instant.now().isBefore(deadline)) {
      Thread.sleep(patience.poll().toMillis());
      found = look.get();
    }
    return found;
  }

  /** What somebody must know who has pressed Ctrl-C, or whose drill broke; puts the alarm back. */
  synchronized void interrupted() {
    interrupted = true;
    leftBehind().ifPresent(out);
    putAlarmBack();
  }

  private Optional<String> leftBehind() {
    return switch (progress) {
      case NONE -> Optional.empty();
      case ASKED_FOR ->
          Optional.of(
              "It is not known whether the release has begun: %s\n%s"
                  .formatted(execution, howToTurnBack()));
      case GOES_ON ->
          Optional.of(
              "The release goes on without the drill: %s\n%s"
                  .formatted(execution, howToTurnBack()));
      case STOPPED ->
          Optional.of(
              """
              The release was stopped: %s
              The guardian restores all within a minute, in an execution with -restore-1 after that name.
              If there is none, it is started by:
                aws stepfunctions start-execution --region %s --state-machine-arn %s --input '{"restore": "%s"}'"""
                  .formatted(
                      execution,
                      target.region(),
                      target.stateMachineArn(),
                      ExecutionArn.name(execution)));
      case PUTS_BACK ->
          Optional.of(
              """
              Everything is being put back by %s
              Leave it alone. Slack and an e-mail say how it ends."""
                  .formatted(execution));
    };
  }

  private String howToTurnBack() {
    return """
        It is turned back by:
          aws stepfunctions stop-execution --region %s --execution-arn %s
        Then the guardian restores all, and says so in Slack and by e-mail."""
        .formatted(target.region(), execution);
  }

  private void say(String text) {
    out.accept("%tT  %s".formatted(LocalTime.now(), text));
  }
}
