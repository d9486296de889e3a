package io.crossfade.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.approval.ApprovalChoice;
import io.crossfade.bench.BenchOptions.Part;
import io.crossfade.localaws.StackInterceptor;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.localaws.states.ExecutionListener;
import io.crossfade.localaws.template.EventSchedule;
import io.crossfade.localaws.template.FunctionEvent;
import io.crossfade.localaws.template.FunctionResource;
import io.crossfade.matrix.Worker;
import io.crossfade.site.Behaviour;
import io.crossfade.site.BookingSite;
import io.crossfade.site.SiteVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/**
 * From what goes wrong to the rule as it was, and to the end of the restore. What the state machine
 * only waits is left out: it is configured, and here it is shortened. With cold functions every
 * function of the way back starts anew, as it does on Lambda when nobody has needed it for a while.
 */
final class Reactions {
  private static final double SPEED = 60;
  private static final String GAUGE = "gauge";
  private static final List<String> WAY_BACK =
      List.of("rollback", "check-restore", "notify", "begin-restore", "guardian", "slack-callback");

  private final Worker worker;
  private final String packaging;
  private final Consumer<String> progress;
  private final Recorder recorder = new Recorder();

  Reactions(Worker worker, String packaging, Consumer<String> progress) {
    this.worker = worker;
    this.packaging = packaging;
    this.progress = progress;
  }

  /** What goes wrong. */
  private enum Trouble {
    /** ALARM means that an alarm of the release fires while a step bakes. */
    ALARM("an alarm fires at 50 %"),
    /** HEALTH means that the new version never becomes healthy. */
    HEALTH("the new version is given up"),
    /** REJECTION means that a person clicks Reject. */
    REJECTION("a person rejects"),
    /** STOP means that somebody stops the execution. */
    STOP("the execution is stopped at 50 %");

    private final String subject;

    Trouble(String subject) {
      this.subject = subject;
    }
  }

  /** How the functions of the way back are found. */
  private enum Found {
    /** COLD means that each of them starts anew. */
    COLD("cold"),
    /** STARTED means that they run by the template's schedule, and were never needed before. */
    STARTED("kept running"),
    /** WARM means that they have done the same before. */
    WARM("warm");

    private final String label;

    Found(String label) {
      this.label = label;
    }
  }

  /** A trouble, and what it meets. */
  private record Case(Trouble trouble, Found found) {}

  /** Each kind of trouble once without counting it, so that the warm functions are warm. */
  List<Measurement> measure(int runs) throws Exception {
    List<Case> cases = new ArrayList<>();
    for (Trouble trouble : Trouble.values()) {
      run(new Case(trouble, Found.WARM), false);
      Stream.of(Found.values()).forEach(found -> cases.add(new Case(trouble, found)));
    }
    int round = 0;
    for (List<Case> order : Interleaving.rounds(cases, runs)) {
      progress.accept("reactions: round %d of %d".formatted(++round, runs));
      for (Case each : order) {
        run(each, true);
      }
    }
    return recorder.measurements().stream()
        .sorted(Comparator.comparing(Measurement::subject).thenComparing(Measurement::variant))
        .toList();
  }

  private void run(Case each, boolean counts) throws Exception {
    StateTimes states = StateTimes.ofReleases();
    SiteVersion version =
        each.trouble() == Trouble.HEALTH
            ? new SiteVersion("backend-2", Behaviour.NEVER_HEALTHY)
            : SiteVersion.good("backend-2");
    try (SampleAccount account =
        new SampleAccount(worker, SPEED, 0, version, StackInterceptor.NONE)) {
      account.stack.states().addListener(states);
      Marks marks = new Marks(account);
      if (each.found() == Found.STARTED) {
        startAnew();
      }
      prepare(each, account, marks);
      String more = SampleAccount.SHORT_STEPS + more(each.trouble());
      String execution =
          account.stack.start("bench", SampleAccount.release(account.site.backend(), more));
      account.stack.awaitWithRestores(execution);
      Await.until("the end is announced", () -> states.lastLeft("NotifyRolledBack").isPresent());
      if (counts) {
        record(each, states, marks);
      }
    }
  }

  private static String more(Trouble trouble) {
    return switch (trouble) {
      case ALARM -> ", \"alarms\": [\"%s\"]".formatted(GAUGE);
      case HEALTH -> ", \"health\": {\"deadlineSeconds\": 60}";
      case REJECTION, STOP -> "";
    };
  }

  /** When it went wrong, and when the rule was as before, by the machine's clock. */
  private static final class Marks {
    private final AtomicLong wrong = new AtomicLong();
    private final AtomicLong restored = new AtomicLong();

    Marks(SampleAccount account) {
      BookingSite.Application backend = account.site.backend();
      account
          .aws
          .elb()
          .onRuleWritten(
              change -> {
                boolean allBlue = change.weights().getOrDefault(backend.greenGroupArn(), 0) == 0;
                if (change.ruleArn().equals(backend.ruleArn()) && allBlue && wrong.get() != 0) {
                  restored.compareAndSet(0, System.nanoTime());
                }
              });
    }

    void wrong() {
      wrong.compareAndSet(0, System.nanoTime());
    }
  }

  private void prepare(Case each, SampleAccount account, Marks marks) {
    Runnable goesWrong =
        () -> {
          if (each.found() == Found.COLD) {
            WAY_BACK.forEach(handler -> worker.host.kill(name(handler)));
          }
        };
    switch (each.trouble()) {
      case ALARM -> {
        gauge(account);
        account
            .aws
            .cloudWatch()
            .onStateChange(
                change -> {
                  if (change.alarmName().equals(GAUGE) && change.current() == StateValue.ALARM) {
                    marks.wrong();
                  }
                });
        atHalf(
            account,
            () -> {
              goesWrong.run();
              MetricDatum datum = MetricDatum.builder().metricName(GAUGE).value(9.0).build();
              account.aws.cloudWatch().putMetricData(r -> r.namespace("Bench").metricData(datum));
            });
      }
      case HEALTH -> onState(account, "Rollback", goesWrong, marks);
      case REJECTION ->
          account.answer(
              ApprovalChoice.REJECTED,
              () -> {
                goesWrong.run();
                marks.wrong();
              });
      case STOP ->
          atHalf(
              account,
              () -> {
                goesWrong.run();
                account
                    .stack
                    .states()
                    .listExecutions(r -> r.stateMachineArn(account.stack.stateMachineArn()))
                    .executions()
                    .forEach(
                        execution -> {
                          marks.wrong();
                          account
                              .stack
                              .states()
                              .stopExecution(r -> r.executionArn(execution.executionArn()));
                        });
              });
    }
  }

  /** As a schedule finds them that is the first to need them. */
  private void startAnew() throws Exception {
    WAY_BACK.forEach(handler -> worker.host.kill(name(handler)));
    for (FunctionResource function : worker.template.functions()) {
      for (FunctionEvent event : function.events()) {
        if (event instanceof EventSchedule schedule) {
          worker.host.invoke(function.name(), new ObjectMapper().readTree(schedule.input()));
        }
      }
    }
  }

  private String name(String handler) {
    return worker.template.functions().stream()
        .filter(each -> handler.equals(each.environment().get("QUARKUS_LAMBDA_HANDLER")))
        .map(FunctionResource::name)
        .findFirst()
        .orElseThrow();
  }

  /** The state is entered because it was found to be wrong. */
  private static void onState(
      SampleAccount account, String state, Runnable goesWrong, Marks marks) {
    onFirst(
        account,
        (entered, input) -> entered.equals(state),
        () -> {
          goesWrong.run();
          marks.wrong();
        });
  }

  /** Once, while the step of 50 % bakes. */
  private static void atHalf(SampleAccount account, Runnable what) {
    onFirst(
        account,
        (entered, input) ->
            entered.equals("Bake") && input.at("/progress/weights/canary").asInt() == 50,
        what);
  }

  /** The first time that such a state is entered with such an input. */
  private static void onFirst(
      SampleAccount account, BiPredicate<String, JsonNode> when, Runnable what) {
    AtomicBoolean once = new AtomicBoolean();
    account
        .stack
        .states()
        .addListener(
            new ExecutionListener() {
              @Override
              public void stateEntered(
                  String execution, String entered, JsonNode input, Instant at) {
                if (when.test(entered, input) && once.compareAndSet(false, true)) {
                  what.run();
                }
              }
            });
  }

  private void gauge(SampleAccount account) {
    account
        .aws
        .cloudWatch()
        .putMetricAlarm(
            r ->
                r.alarmName(GAUGE)
                    .namespace("Bench")
                    .metricName(GAUGE)
                    .statistic(Statistic.MAXIMUM)
                    .period(60)
                    .evaluationPeriods(1)
                    .threshold(1.0)
                    .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                    .treatMissingData("notBreaching"));
    Await.until(
        "the gauge is OK",
        () ->
            account
                .aws
                .cloudWatch()
                .describeAlarms(r -> r.alarmNames(GAUGE))
                .metricAlarms()
                .stream()
                .allMatch(alarm -> alarm.stateValue() == StateValue.OK));
  }

  private void record(Case each, StateTimes states, Marks marks) {
    long wrong = marks.wrong.get();
    long ended = states.lastLeft("NotifyRolledBack").orElseThrow();
    String variant = packaging + ", " + each.found().label;
    // Nothing of the rule was written yet where no traffic had moved.
    if (marks.restored.get() != 0 && each.trouble() != Trouble.HEALTH) {
      add(each, variant, "rule restored, ms", own(states, wrong, marks.restored.get()));
      add(each, variant, "waits before, s", waits(states, wrong, marks.restored.get()));
    }
    if (each.trouble() == Trouble.ALARM) {
      long verdict = states.lastLeft("CheckAlarms").orElseThrow();
      add(each, variant, "from the verdict, ms", own(states, verdict, marks.restored.get()));
    }
    add(each, variant, "announced, ms", own(states, wrong, ended));
    add(each, variant, "all waits, s", waits(states, wrong, ended));
  }

  /** In the world's time. */
  private static double waits(StateTimes states, long from, long to) {
    return states.waited(from, to) / 1e9 * SPEED;
  }

  private static double own(StateTimes states, long from, long to) {
    return (to - from - states.waited(from, to)) / 1e6;
  }

  private void add(Case each, String variant, String quantity, double value) {
    recorder.add(Part.REACTION.label(), each.trouble().subject, variant, quantity, value);
  }
}
