package io.crossfade.rehearsal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.aws.StateBucket;
import io.crossfade.localaws.LocalAws;
import io.crossfade.localaws.Stack;
import io.crossfade.localaws.cloudwatch.AlarmStateChange;
import io.crossfade.localaws.iam.Enforcement;
import io.crossfade.localaws.lambda.FunctionHost;
import io.crossfade.localaws.sdk.Arns;
import io.crossfade.localaws.slack.LocalSlack;
import io.crossfade.localaws.states.ExecutionListener;
import io.crossfade.localaws.states.FunctionError;
import io.crossfade.localaws.template.ResolvedTemplate;
import io.crossfade.localaws.wire.Gateway;
import io.crossfade.rehearsal.page.PageState.Ending;
import io.crossfade.release.Release;
import io.crossfade.report.ReleaseReport;
import io.crossfade.report.Samples;
import io.crossfade.site.BookingSite;
import io.crossfade.site.OrderBook;
import io.crossfade.site.SampleImages;
import io.crossfade.site.SiteVersion;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * A whole release on one machine: version 2 of the sample site's backend goes out while visitors
 * come and go. Exit status 0 means that what was expected happened, 1 that it did not, 2 that the
 * command line or the release was refused.
 */
public final class Rehearsal implements AutoCloseable {
  private static final Path FOLDER = Path.of("target", "rehearsal");
  private static final Path FUNCTION_ZIP = Path.of("target", "function.zip");
  private static final String RELEASE = "rehearsal";
  private static final int REFUSED = InvalidOptions.EXIT_STATUS;

  private static final Set<String> BOTH_WAYS = Set.of("Released", "RolledBack");

  private final ObjectMapper json = new ObjectMapper();
  private final ProgressPrinter printer;
  private final TypedLines typed;
  private final Options options;
  private final ReleaseFile file;
  private final ReleaseVersions cast;
  private final Vertx vertx = Vertx.vertx();
  private final SampleImages site = new SampleImages(vertx, new OrderBook());
  private final Gateway gateway = new Gateway();
  private final LocalSlack slack = new LocalSlack();
  private final LocalAws aws;
  private final BookingSite stage;
  private final FunctionHost host;
  private final Stack stack;
  private final Enforcement permissions;
  private final InjectedTrouble trouble;
  private final Visitors visitors;
  private final ObjectNode release;
  private final PageSubject shown;
  private final List<Samples.Health> health = new CopyOnWriteArrayList<>();
  private final List<Samples.AlarmState> alarms = new CopyOnWriteArrayList<>();
  private final List<TimelineEntry> timeline = new CopyOnWriteArrayList<>();
  private final List<Integer> weights = new CopyOnWriteArrayList<>(List.of(0));
  private Usage beforeRelease = Usage.NONE;
  private volatile String state = "Start";
  private volatile String phase = "Start";

  /** What the end is of. */
  private String deployment = RELEASE;

  private Rehearsal(
      Options options,
      ReleaseFile file,
      ProgressPrinter printer,
      TypedLines typed,
      Optional<RehearsalPage> page)
      throws FunctionError {
    this.options = options;
    this.file = file;
    this.printer = printer;
    this.typed = typed;
    this.aws = new LocalAws(gateway, options.speed());
    BookingSite.Names names = names(file.release());
    this.cast = cast(names);
    push(names);
    this.stage = new BookingSite(aws, names);
    if (options.scenario() == Scenario.WORSE) {
      stage.alarmByShare();
    }
    file.release().alarms().stream()
        .distinct()
        .filter(alarm -> !stage.hasAlarm(alarm))
        .forEach(stage::quietAlarm);
    Map<String, String> parameters = slack.parameters(LocalSlack.ANN, LocalSlack.BEN);
    parameters.put("AllowSkippedApproval", "true");
    parameters.put("BakeSeconds", String.valueOf(ReleaseFile.BAKE_SECONDS));
    ResolvedTemplate template = Stack.template(names.cluster(), FUNCTION_ZIP, parameters);
    this.host = Stack.host(template, FUNCTION_ZIP, FOLDER, gateway.endpoint(), slack.environment());
    this.stack = new Stack(aws, host, template);
    stack.install(slack, slack.botSecret());
    this.permissions = stack.enforce();
    new RehearsalApprover(
        slack,
        page.map(RehearsalPage::url).orElse(slack.url()),
        options.answering(),
        aws.clock(),
        printer,
        new TypedApproval(typed, printer));
    host.warmUp();
    stage.awaitHealthy();
    this.trouble =
        new InjectedTrouble(
            aws,
            stack,
            stage,
            site,
            cast.newVersion(),
            file.release(),
            options.scenario(),
            printer);
    this.visitors = new Visitors(vertx, stage.url(), options.users());
    this.release = local(file.content());
    this.shown =
        new PageSubject(
            aws, stage, slack, trouble, visitors, cast, file.release(), timeline, printer);
    page.ifPresent(open -> open.show(shown));
  }

  static {
    System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
  }

  public static void main(String[] arguments) throws Exception {
    System.exit(run());
  }

  private static int run() throws Exception {
    Terminal terminal = Terminal.present();
    try {
      Options options = Options.from(System.getProperties(), terminal.interactive(), Path.of(""));
      return run(options, ReleaseFile.of(options), terminal);
    } catch (InvalidOptions wrong) {
      wrong.problems().forEach(System.err::println);
      return REFUSED;
    } catch (RefusedRelease refused) {
      refused.problems().forEach(problem -> System.err.println("refused: " + problem));
      return REFUSED;
    }
  }

  private static int run(Options options, ReleaseFile file, Terminal terminal) throws Exception {
    ProgressPrinter printer = ProgressPrinter.toStandardOutput(terminal);
    // After Ctrl-C a shell's prompt wants a line of its own.
    Runtime.getRuntime().addShutdownHook(new Thread(printer::close));
    TypedLines typed = new TypedLines(System.in, terminal);
    removeReports();
    Optional<RehearsalPage> page = Optional.empty();
    if (terminal.interactive() || options.answering() == ApprovalMode.ASK) {
      page = Optional.of(new RehearsalPage(options, file, printer));
      printer.say("Watch it at " + page.get().url());
    }
    try {
      return run(options, file, printer, typed, page);
    } finally {
      page.ifPresent(RehearsalPage::close);
    }
  }

  private static int run(
      Options options,
      ReleaseFile file,
      ProgressPrinter printer,
      TypedLines typed,
      Optional<RehearsalPage> page)
      throws Exception {
    printer.say("Booting a local AWS from template.yaml, with the sample site on it ...");
    double kept;
    try (Rehearsal rehearsal = new Rehearsal(options, file, printer, typed, page)) {
      kept = rehearsal.tryOut();
      if (kept == options.speed()) {
        return rehearsal.play();
      }
      printer.stopClock();
    }
    try (Rehearsal rehearsal = new Rehearsal(options.at(kept), file, printer, typed, page)) {
      rehearsal.receiveVisitors();
      return rehearsal.play();
    } catch (FunctionError unstartable) {
      System.err.println(unstartable.getMessage());
      return 1;
    }
  }

  /** An earlier run's, which must not lie beside this one's input. */
  private static void removeReports() throws IOException {
    for (String report : ReportFiles.NAMES) {
      Files.deleteIfExists(FOLDER.resolve(report));
    }
    Files.deleteIfExists(FOLDER.resolve("imageDetail.json"));
    Files.deleteIfExists(FOLDER.resolve("functions.log"));
  }

  private static BookingSite.Names names(Release release) {
    return new BookingSite.Names(
        Arns.lastPart(release.cluster()),
        release.baseServiceName(),
        Optional.ofNullable(release.container()).orElse(BookingSite.Names.SAMPLE.container()));
  }

  private static ReleaseVersions cast(BookingSite.Names names) {
    String half = names.releasesFrontend() ? "frontend" : "backend";
    return new ReleaseVersions(half + "-1", half + "-2", "green");
  }

  /** Every image but the two that run at the start is the new version of what is released. */
  private void push(BookingSite.Names names) {
    site.pushFrontend(BookingSite.FRONTEND_IMAGE, SiteVersion.good("frontend-1"));
    site.pushBackend(BookingSite.BACKEND_IMAGE, SiteVersion.good("backend-1"));
    SiteVersion version = new SiteVersion(cast.newVersion(), options.scenario().newVersion());
    var fresh = names.releasesFrontend() ? site.frontend(version) : site.backend(version);
    aws.images().fallback(uri -> site.image(uri).or(() -> Optional.of(fresh)));
  }

  private static final String PASSING = "{\"result\": \"pass\", \"reason\": \"it is played\"}";

  /** The file with the local rule and cluster in place of the real ones. */
  private ObjectNode local(ObjectNode given) {
    ObjectNode content = given.deepCopy();
    String rule = stage.released().ruleArn();
    content.put("rule_arn", rule);
    if (options.imageDetail().isPresent()) {
      printer.say("rule_arn of the file is played by the local rule " + rule);
    }
    if (content.has("test_rule_arn")) {
      String testRule = stage.addTestRule(stage.released());
      content.put("test_rule_arn", testRule);
      printer.say(
          "test_rule_arn is played by the local rule %s, for requests with %s: %s"
              .formatted(testRule, BookingSite.TEST_HEADER, BookingSite.TEST_SECRET));
    }
    for (JsonNode function : content.path("checks").findValues("function")) {
      String name = Arns.lastPart(function.asText().replace(':', '/'));
      aws.lambda().create(name, Map.of("CrossfadeCheck", "true"), event -> PASSING);
      printer.say("the function %s is played by one that passes".formatted(name));
    }
    if (content.path("cluster").asText().startsWith("arn:")) {
      content.put("cluster", Arns.of("ecs", "cluster/" + stage.cluster()));
      printer.say("cluster of the file is played by " + content.path("cluster").asText());
    }
    return content;
  }

  private void receiveVisitors() throws InterruptedException {
    sayHowToReach();
    visitors.start();
    printer.startClock(this::elapsed);
    printer.say(
        "%d visitors come. This clock runs %s times as fast as yours."
            .formatted(options.users(), OptionReader.plain(options.speed())));
    Duration settling = aws.clock().real(Duration.ofSeconds(20));
    Duration arrival = VisitorPace.ORDINARY.longestThought();
    Thread.sleep((settling.compareTo(arrival) > 0 ? settling : arrival).toMillis());
  }

  private void sayHowToReach() {
    printer.say("Slack's channel: " + slack.url());
    printer.say("Functions: " + (host.isNative() ? "the native executable" : "the JVM build"));
    printer.say(
        "The AWS CLI and boto3 reach cluster %s and state machine %s with:"
            .formatted(stage.cluster(), stack.stateMachineArn()));
    printer.say(
        "export AWS_ENDPOINT_URL=%1$s AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_REGION=%2$s AWS_DEFAULT_REGION=%2$s"
            .formatted(gateway.endpoint(), Arns.REGION));
  }

  /**
   * Plans the release without starting it, under the visitors. Returns the speed that the machine
   * keeps, which is the one asked for if it can.
   *
   * @throws RefusedRelease if the plan is a refusal
   */
  private double tryOut() throws InterruptedException {
    receiveVisitors();
    long began = System.nanoTime();
    var ended =
        stack.await(stack.start("trial", release.deepCopy().put("dryRun", true).toString()));
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    if (ended.status() != ExecutionStatus.SUCCEEDED) {
      throw new RefusedRelease(String.valueOf(ended.cause()).lines().toList());
    }
    beforeRelease = usage();
    double kept = SpeedLimit.kept(options.speed(), took, file.release().health());
    if (kept != options.speed()) {
      printer.say(
          "A function's first call took %.1f s. At -Dspeed=%s this machine would miss deadlines, so the rehearsal begins anew at %s."
              .formatted(
                  took.toMillis() / 1e3,
                  OptionReader.plain(options.speed()),
                  OptionReader.plain(kept)));
    }
    return kept;
  }

  private int play() throws Exception {
    Files.createDirectories(FOLDER);
    Path input = FOLDER.resolve("imageDetail.json");
    Files.writeString(input, json.writerWithDefaultPrettyPrinter().writeValueAsString(release));
    printer.say(
        "Releasing %s (scenario %s)"
            .formatted(file.release().imageUri(), options.scenario().label()));
    watch();
    long began = System.nanoTime();
    String content = Files.readString(input);
    trouble.beforeRelease();
    String execution = stack.start(RELEASE, content);
    trouble.of(content, execution);
    shown.releasing();
    var ticker = aws.clock().every(Duration.ofSeconds(2), this::look);
    DescribeExecutionResponse ended = stack.awaitWithRestores(execution);
    if (ended.status() == ExecutionStatus.SUCCEEDED) {
      ended = revertedIfSo(ended);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    aws.clock().sleep(Duration.ofSeconds(20));
    ticker.cancel(false);
    visitors.stop();
    int status = report(ended, execution, took);
    if (options.stay()) {
      stay();
    }
    return status;
  }

  private DescribeExecutionResponse revertedIfSo(DescribeExecutionResponse released)
      throws InterruptedException {
    Optional<String> revert = trouble.afterRelease();
    if (revert.isEmpty()) {
      return released;
    }
    deployment = Arns.lastPart(revert.get().replace(':', '/'));
    return stack.awaitWithRestores(revert.get());
  }

  private void stay() throws InterruptedException {
    typed.drop();
    printer.say("The local AWS stays until you press Enter or Ctrl-C.");
    if (typed.next().isEmpty()) {
      // Nobody can press Enter, so a signal has to end it.
      new CountDownLatch(1).await();
    }
  }

  private void watch() {
    aws.cloudWatch().onStateChange(this::note);
    aws.elb()
        .onRuleWritten(
            change -> {
              if (change.ruleArn().equals(stage.released().ruleArn())) {
                weigh(change.weights());
              }
            });
    stack
        .states()
        .addListener(
            new ExecutionListener() {
              @Override
              public void stateEntered(String arn, String name, JsonNode input, Instant at) {
                if (arn.endsWith(InjectedTrouble.SECOND)) {
                  return;
                }
                state = name;
                note(at);
                phase = DisplayedState.of(name, phase);
                show();
              }
            });
  }

  private void weigh(Map<String, Integer> written) {
    int now = share(written);
    if (weightNow() != now) {
      weights.add(now);
      note(aws.clock().now());
      show();
      if (now == 50) {
        trouble.atHalf();
      }
    }
  }

  private int share(Map<String, Integer> written) {
    int total = written.values().stream().mapToInt(Integer::intValue).sum();
    int green = written.getOrDefault(stage.released().greenGroupArn(), 0);
    return total == 0 ? 0 : green * 100 / total;
  }

  private int weightNow() {
    return weights.get(weights.size() - 1);
  }

  private void note(Instant at) {
    timeline.add(
        new TimelineEntry(
            at, visitors.seconds(), state, ColourWeights.giving(cast.newColour(), weightNow())));
  }

  private void look() {
    lookAtHealth(cast.oldVersion(), stage.released().blueGroupArn());
    lookAtHealth(cast.newVersion(), stage.released().greenGroupArn());
    show();
  }

  private void lookAtHealth(String version, String group) {
    int healthy = (int) aws.elb().healthy(group);
    Optional<Samples.Health> before =
        health.stream().filter(seen -> seen.version().equals(version)).reduce((a, b) -> b);
    if (before.isEmpty() || before.get().healthy() != healthy) {
      health.add(new Samples.Health(aws.clock().now(), version, healthy));
    }
  }

  private void note(AlarmStateChange change) {
    String alarm = change.alarmName();
    if (alarms.stream().noneMatch(state -> state.alarm().equals(alarm))) {
      alarms.add(new Samples.AlarmState(change.previousAt(), alarm, change.previous().toString()));
    }
    alarms.add(new Samples.AlarmState(change.at(), alarm, change.current().toString()));
  }

  private void show() {
    Map<String, VersionCount> versions = new LinkedHashMap<>();
    versions.put(cast.oldVersion(), VersionCount.NONE);
    versions.put(cast.newVersion(), VersionCount.NONE);
    versions.putAll(new TreeMap<>(visitors.counts()));
    printer.show(
        new ReleaseProgress(
            phase,
            "blue",
            ColourWeights.giving(cast.newColour(), weightNow()),
            versions,
            elapsed()));
  }

  /** World time since the visitors came, as in all that the functions say. */
  private Duration elapsed() {
    return Duration.ofMillis((long) (visitors.seconds() * options.speed() * 1000));
  }

  private int report(DescribeExecutionResponse ended, String execution, Duration took)
      throws IOException, InterruptedException {
    String outcome =
        ended.statusAsString().equals("SUCCEEDED")
            ? state
            : Optional.ofNullable(ended.error()).orElse(ended.statusAsString());
    String reason = Optional.ofNullable(ended.cause()).orElseGet(() -> reasonOf(ended.output()));
    RehearsalReport report =
        new RehearsalReport(
            answered(reason),
            expected(outcome, reason),
            trouble.byHand(),
            cast,
            new ReleaseResult(outcome, reason, weights, took),
            visitors.report(site.orders()),
            aws.elb().totals(stage.released().greenGroupArn()).unanswered(),
            timeline,
            usage().since(beforeRelease).functions(),
            usage().since(beforeRelease).awsCalls(),
            stack.states().transitions(execution),
            written(),
            aws.clock().now().minus(elapsed()),
            health,
            alarms,
            Map.of(
                "java",
                System.getProperty("java.version"),
                "artifact",
                host.isNative() ? "native" : "jvm"));
    ReportFiles.write(MeasuredRelease.of(report), Optional.of(report), FOLDER);
    Files.write(FOLDER.resolve("functions.log"), logs());
    permissions.denied().forEach(call -> printer.say("NOT PERMITTED: " + call));
    List<String> objections = new ArrayList<>(report.objections());
    trouble.objection().ifPresent(objections::add);
    boolean refused = outcome.equals("Refused") && !options.scenario().expected().equals("Refused");
    if (refused) {
      reason.lines().forEach(problem -> printer.say("refused: " + problem));
    } else {
      printer.say(outcome + ": " + reason);
      objections.forEach(objection -> printer.say("NOT AS EXPECTED: " + objection));
    }
    printer.say(
        "Report: %s, report.json and chart.svg"
            .formatted(FOLDER.resolve("report.html").toAbsolutePath()));
    shown.over(
        new Ending(
            outcome,
            reason,
            objections.isEmpty(),
            FOLDER.resolve("report.html").toAbsolutePath().toString()));
    printer.stopClock();
    printer.say(report.resultLine());
    if (refused) {
      return REFUSED;
    }
    return objections.isEmpty() && permissions.denied().isEmpty() ? 0 : 1;
  }

  /** What was done by hand may end the release either way, but not halfway. */
  private String expected(String outcome, String reason) {
    return !trouble.byHand().isEmpty() && BOTH_WAYS.contains(outcome)
        ? outcome
        : ScenarioCheck.expected(file.release(), answered(reason));
  }

  /** A person at the terminal decides what has to come of it. */
  private Options answered(String reason) {
    if (options.answering() != ApprovalMode.ASK) {
      return options;
    }
    boolean rejected = reason.startsWith("rejected by") || reason.startsWith("nobody answered");
    return options.answered(rejected ? ApprovalMode.REJECT : ApprovalMode.APPROVE);
  }

  private Optional<ReleaseReport> written() {
    String key = StateBucket.key(deployment, "report.json");
    return aws.s3().get(stack.stateBucket(), key).map(ReportFiles::read);
  }

  private List<String> logs() {
    return host.stats().keySet().stream()
        .flatMap(name -> host.logs(name).stream().map(line -> name + " " + line))
        .toList();
  }

  private String reasonOf(String output) {
    try {
      return json.readTree(output).at("/verdict/reason").asText("");
    } catch (JsonProcessingException notJson) {
      return "";
    }
  }

  private Usage usage() {
    List<FunctionLatency> functions = new ArrayList<>();
    host.stats()
        .forEach(
            (name, s) ->
                functions.add(
                    new FunctionLatency(
                        name,
                        s.invocations(),
                        s.coldStarts(),
                        s.p50Millis(),
                        s.p99Millis(),
                        s.maxMillis(),
                        s.totalMillis())));
    return new Usage(functions, gateway.callCounts());
  }

  @Override
  public void close() {
    trouble.close();
    stack.close();
    visitors.close();
    host.close();
    aws.close();
    site.close();
    gateway.close();
    slack.close();
    vertx.close();
  }
}
