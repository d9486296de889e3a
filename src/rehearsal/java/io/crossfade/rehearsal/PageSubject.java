package io.crossfade.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossfade.approval.ApprovalChoice;
import io.crossfade.localaws.LocalAws;
import io.crossfade.localaws.cloudwatch.AlarmStateChange;
import io.crossfade.localaws.ecs.RunningTask;
import io.crossfade.localaws.sdk.Arns;
import io.crossfade.localaws.slack.ClickResponse;
import io.crossfade.localaws.slack.LocalSlack;
import io.crossfade.rehearsal.page.PageState;
import io.crossfade.rehearsal.page.PageState.Alarm;
import io.crossfade.rehearsal.page.PageState.AlarmChange;
import io.crossfade.rehearsal.page.PageState.Button;
import io.crossfade.rehearsal.page.PageState.Ending;
import io.crossfade.rehearsal.page.PageState.LogLine;
import io.crossfade.rehearsal.page.PageState.Run;
import io.crossfade.rehearsal.page.PageState.Service;
import io.crossfade.rehearsal.page.PageState.Task;
import io.crossfade.rehearsal.page.PageState.Version;
import io.crossfade.rehearsal.page.PageState.Visit;
import io.crossfade.rehearsal.page.PageState.WeightStep;
import io.crossfade.rehearsal.page.Trouble;
import io.crossfade.release.Release;
import io.crossfade.site.BookingSite;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** One rehearsal as the page shows it. It reads; only {@link #make} and {@link #click} act. */
final class PageSubject implements RehearsalPage.Subject {
  private final LocalAws aws;
  private final BookingSite stage;
  private final LocalSlack slack;
  private final InjectedTrouble trouble;
  private final Visitors visitors;
  private final ReleaseVersions cast;
  private final Release release;
  private final List<TimelineEntry> timeline;
  private final ProgressPrinter printer;
  private final double speed;
  private final List<AlarmChange> changes = new CopyOnWriteArrayList<>();
  private volatile Run run = Run.STARTING;
  private volatile Ending ending;
  private volatile double ended;

  /**
   * @param timeline which grows
   */
  PageSubject(
      LocalAws aws,
      BookingSite stage,
      LocalSlack slack,
      InjectedTrouble trouble,
      Visitors visitors,
      ReleaseVersions cast,
      Release release,
      List<TimelineEntry> timeline,
      ProgressPrinter printer) {
    this.aws = aws;
    this.stage = stage;
    this.slack = slack;
    this.trouble = trouble;
    this.visitors = visitors;
    this.cast = cast;
    this.release = release;
    this.timeline = timeline;
    this.printer = printer;
    this.speed = aws.clock().speed();
    aws.cloudWatch().onStateChange(this::add);
  }

  private void add(AlarmStateChange change) {
    if (isShown(change.alarmName())) {
      changes.add(
          new AlarmChange(
              elapsed(),
              change.alarmName(),
              change.previous().toString(),
              change.current().toString(),
              change.reason()));
    }
  }

  private boolean isShown(String alarm) {
    return release.alarms().contains(alarm)
        || alarm.startsWith(stage.released().name() + "-blue-")
        || alarm.startsWith(stage.released().name() + "-green-");
  }

  void releasing() {
    run = Run.RELEASING;
  }

  void over(Ending how) {
    ended = elapsed();
    ending = how;
    run = Run.OVER;
  }

  @Override
  public double elapsed() {
    return run == Run.OVER ? ended : visitors.seconds() * speed;
  }

  @Override
  public PageState state(String title, List<LogLine> said) {
    List<Visit> path = PageView.path(timeline, speed);
    List<WeightStep> steps = PageView.steps(timeline, speed);
    List<Service> services = services();
    return new PageState(
        title,
        run,
        speed,
        elapsed(),
        timeline.isEmpty() ? "" : timeline.get(timeline.size() - 1).state(),
        path,
        versions(),
        PageView.traffic(visitors.series(), List.of(cast.oldVersion(), cast.newVersion()), speed),
        steps,
        services,
        alarms(),
        changes,
        slack.channel(),
        buttons(services),
        log(said, path, steps),
        ending);
  }

  private List<Version> versions() {
    Map<String, VersionCount> counts = visitors.counts();
    List<Version> versions = new ArrayList<>();
    versions.add(version(cast.oldVersion(), ColourWeights.other(cast.newColour()), counts));
    versions.add(version(cast.newVersion(), cast.newColour(), counts));
    Stream.of(RequestTally.LOAD_BALANCER, RequestTally.NO_ANSWER)
        .filter(counts::containsKey)
        .forEach(name -> versions.add(version(name, Version.NONE, counts)));
    return versions;
  }

  private static Version version(String name, String colour, Map<String, VersionCount> counts) {
    VersionCount count = counts.getOrDefault(name, VersionCount.NONE);
    return new Version(name, colour, count.requests(), count.failed());
  }

  private List<Service> services() {
    return aws
        .ecs()
        .describeServices(
            r ->
                r.cluster(stage.cluster())
                    .services(service(ColourWeights.BLUE), service(ColourWeights.GREEN)))
        .services()
        .stream()
        .map(
            found ->
                new Service(
                    found.serviceName(),
                    found.serviceName().substring(found.serviceName().lastIndexOf('-') + 1),
                    found.desiredCount(),
                    found.runningCount(),
                    found.pendingCount(),
                    tasks(found.serviceName())))
        .toList();
  }

  private String service(String colour) {
    return stage.released().name() + "-" + colour;
  }

  private List<Task> tasks(String service) {
    return aws.ecs().runningTasks(stage.cluster(), service).stream()
        .map(PageSubject::task)
        .toList();
  }

  private static Task task(RunningTask task) {
    return new Task(Arns.lastPart(task.taskArn()), task.imageUri(), task.healthy());
  }

  private List<Alarm> alarms() {
    return aws.cloudWatch().describeAlarms(r -> {}).metricAlarms().stream()
        .filter(alarm -> isShown(alarm.alarmName()))
        .map(alarm -> new Alarm(alarm.alarmName(), alarm.stateValueAsString(), alarm.stateReason()))
        .toList();
  }

  private List<Button> buttons(List<Service> services) {
    return Arrays.stream(Trouble.values())
        .map(
            kind ->
                new Button(
                    kind.id(),
                    kind.label(),
                    kind.meaning(),
                    kind.possible(run, newTasks(services))))
        .toList();
  }

  private int newTasks(List<Service> services) {
    return services.stream()
        .filter(service -> service.colour().equals(cast.newColour()))
        .mapToInt(service -> service.tasks().size())
        .sum();
  }

  private static List<LogLine> log(List<LogLine> said, List<Visit> path, List<WeightStep> steps) {
    List<LogLine> log = new ArrayList<>(said);
    path.forEach(visit -> log.add(new LogLine(visit.at(), "State: " + visit.state())));
    steps.stream()
        .skip(1)
        .forEach(
            step -> log.add(new LogLine(step.at(), "Weight of green: " + step.green() + " %")));
    log.sort(Comparator.comparingDouble(LogLine::at));
    return log;
  }

  @Override
  public boolean make(Trouble kind) {
    if (!kind.possible(run, newTasks(services()))) {
      return false;
    }
    trouble.make(kind);
    return true;
  }

  @Override
  public boolean click(JsonNode click) {
    Optional<ClickResponse> response = slack.click(click);
    response.ifPresent(
        answer ->
            choice(click.path("action").asText())
                .map(choice -> RehearsalApprover.told(name(click), choice, answer))
                .ifPresent(printer::say));
    return response.isPresent();
  }

  private static Optional<ApprovalChoice> choice(String actionId) {
    return Arrays.stream(ApprovalChoice.values())
        .filter(choice -> choice.actionId().equals(actionId))
        .findFirst();
  }

  private static String name(JsonNode click) {
    return click.path("user").asText().equals(LocalSlack.ANN.id())
        ? LocalSlack.ANN.name()
        : LocalSlack.BEN.name();
  }
}
