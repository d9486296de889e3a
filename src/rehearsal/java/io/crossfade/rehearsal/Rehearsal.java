package io.crossfade.rehearsal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.localaws.LocalAws;
import io.crossfade.localaws.Stack;
import io.crossfade.localaws.iam.Enforcement;
import io.crossfade.localaws.lambda.FunctionHost;
import io.crossfade.localaws.slack.LocalSlack;
import io.crossfade.localaws.states.ExecutionListener;
import io.crossfade.localaws.states.FunctionError;
import io.crossfade.localaws.template.ResolvedTemplate;
import io.crossfade.localaws.wire.Gateway;
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
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/**
 * A whole release on one machine: version 2 of the sample site's backend goes out while visitors
 * come and go. Exit status 0 means that what was expected happened, 1 that it did not, 2 that the
 * command line was wrong.
 */
public final class Rehearsal implements AutoCloseable {
  private static final Path FOLDER = Path.of("target", "rehearsal");
  private static final Path FUNCTION_ZIP = Path.of("target", "function.zip");
  private static final String NEW_IMAGE = "registry.example/backend@sha256:" + "2".repeat(64);
  private static final ReleaseVersions CAST =
      new ReleaseVersions("backend-1", "backend-2", "green");

  private final ObjectMapper json = new ObjectMapper();
  private final ProgressPrinter printer = ProgressPrinter.toStandardOutput();
  private final Options options;
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
  private final List<TimelineEntry> timeline = new CopyOnWriteArrayList<>();
  private final List<Integer> weights = new CopyOnWriteArrayList<>(List.of(0));
  private volatile String state = "Start";
  private volatile String phase = "Start";

  private Rehearsal(Options options, JsonNode given) throws FunctionError {
    this.options = options;
    this.aws = new LocalAws(gateway, options.speed());
    BookingSite.Names names = BookingSite.Names.of(given);
    push(given);
    this.stage = new BookingSite(aws, names);
    ResolvedTemplate template =
        Stack.template(
            names.cluster(), FUNCTION_ZIP, slack.parameters(LocalSlack.ANN, LocalSlack.BEN));
    this.host = Stack.host(template, FUNCTION_ZIP, FOLDER, gateway.endpoint(), slack.environment());
    this.stack = new Stack(aws, host, template);
    stack.install(slack, slack.botSecret());
    this.permissions = stack.enforce();
    new RehearsalApprover(slack, options.answering(), aws.clock(), printer);
    printer.say("Booting a local AWS from template.yaml, with the sample site on it ...");
    host.warmUp();
    stage.awaitHealthy();
    this.trouble = new InjectedTrouble(aws, stack, stage, options.scenario(), printer);
    this.visitors = new Visitors(vertx, stage.url(), options.users());
    this.release = release(given);
  }

  static {
    System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
  }

  public static void main(String[] arguments) throws Exception {
    System.exit(run());
  }

  private static int run() throws Exception {
    Options options;
    try {
      options =
          Options.from(System.getProperties(), ProgressPrinter.Terminal.present().interactive());
    } catch (InvalidOptions wrong) {
      wrong.problems().forEach(System.err::println);
      return InvalidOptions.EXIT_STATUS;
    }
    Optional<JsonNode> given = given(options);
    if (given.isEmpty()) {
      return 1;
    }
    try (Rehearsal rehearsal = new Rehearsal(options, given.get())) {
      Runtime.getRuntime().addShutdownHook(new Thread(rehearsal.host::close));
      return rehearsal.play();
    } catch (FunctionError unstartable) {
      System.err.println(unstartable.getMessage());
      return 1;
    }
  }

  /** The user's file, or nothing if the sample is to be released; empty if it is no JSON object. */
  private static Optional<JsonNode> given(Options options) throws IOException {
    ObjectMapper json = new ObjectMapper();
    if (options.imageDetail().isEmpty()) {
      return Optional.of(json.createObjectNode());
    }
    Path file = options.imageDetail().get();
    try {
      JsonNode content = json.readTree(Files.readAllBytes(file));
      if (content.isObject()) {
        return Optional.of(content);
      }
      System.err.printf("%s: refused: expected a JSON object%n", file);
    } catch (JsonProcessingException notJson) {
      System.err.printf("%s: refused: not JSON: %s%n", file, notJson.getOriginalMessage());
    }
    return Optional.empty();
  }

  /** Every image but the two that run at the start is version 2 of the backend. */
  private void push(JsonNode given) {
    site.pushFrontend(BookingSite.FRONTEND_IMAGE, SiteVersion.good("frontend-1"));
    site.pushBackend(BookingSite.BACKEND_IMAGE, SiteVersion.good(CAST.oldVersion()));
    var fresh = site.backend(new SiteVersion(CAST.newVersion(), options.scenario().newVersion()));
    aws.images().fallback(uri -> site.image(uri).or(() -> Optional.of(fresh)));
  }

  /**
   * The content of imageDetail.json. A rule of a real load balancer in a user's own file is played
   * by the local one; everything else stands as it is.
   */
  private ObjectNode release(JsonNode given) {
    ObjectNode content = given.deepCopy();
    String rule = stage.backend().ruleArn();
    if (options.imageDetail().isEmpty()) {
      content
          .put("imageUri", NEW_IMAGE)
          .put("BASE_SERVICE_NAME", stage.backend().name())
          .put("rule_arn", rule)
          .put("commit", "2f1d3c4")
          .put("author", "you");
      if (options.answering() == ApprovalMode.IGNORE) {
        content.putObject("approval").put("timeoutSeconds", 300);
      }
      return content;
    }
    boolean aRule =
        content
            .path("rule_arn")
            .asText()
            .matches(
                "arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:listener-rule/app/[A-Za-z0-9-]{1,32}/[0-9a-f]+/[0-9a-f]+/[0-9a-f]+");
    if (aRule) {
      printer.say("rule_arn of the file is played by the local rule " + rule);
      content.put("rule_arn", rule);
    }
    return content;
  }

  private int play() throws Exception {
    Files.createDirectories(FOLDER);
    Path file = FOLDER.resolve("imageDetail.json");
    Files.writeString(file, json.writerWithDefaultPrettyPrinter().writeValueAsString(release));
    printer.say(
        "Releasing %s (scenario %s) under %d visitors, %s times as fast as life"
            .formatted(
                release.path("imageUri").asText(release.path("ImageURI").asText("nothing")),
                options.scenario().label(),
                options.users(),
                options.speed()));
    printer.say("Slack's channel: " + slack.url());
    printer.say("Functions: " + (host.isNative() ? "the native executable" : "the JVM build"));
    watch();
    visitors.start();
    aws.clock().sleep(Duration.ofSeconds(20));
    long began = System.nanoTime();
    String input = Files.readString(file);
    String execution = stack.start("rehearsal", input);
    trouble.of(input, execution);
    var ticker = aws.clock().every(Duration.ofSeconds(2), this::show);
    DescribeExecutionResponse ended = stack.awaitWithRestores(execution);
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    aws.clock().sleep(Duration.ofSeconds(20));
    ticker.cancel(false);
    visitors.stop();
    return report(ended, execution, took);
  }

  private void watch() {
    aws.elb()
        .onRuleWritten(
            change -> {
              if (change.ruleArn().equals(stage.backend().ruleArn())) {
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
                note();
                phase = DisplayedState.of(name, phase);
                show();
              }
            });
  }

  private void weigh(Map<String, Integer> written) {
    int now = share(written);
    if (weightNow() != now) {
      weights.add(now);
      note();
      show();
      if (now == 50) {
        trouble.atHalf();
      }
    }
  }

  private int share(Map<String, Integer> written) {
    int total = written.values().stream().mapToInt(Integer::intValue).sum();
    int green = written.getOrDefault(stage.backend().greenGroupArn(), 0);
    return total == 0 ? 0 : green * 100 / total;
  }

  private int weightNow() {
    return weights.get(weights.size() - 1);
  }

  private void note() {
    timeline.add(
        new TimelineEntry(
            aws.clock().now(),
            visitors.seconds(),
            state,
            ColourWeights.giving(CAST.newColour(), weightNow())));
  }

  private void show() {
    Map<String, VersionCount> versions = new LinkedHashMap<>();
    versions.put(CAST.oldVersion(), VersionCount.NONE);
    versions.put(CAST.newVersion(), VersionCount.NONE);
    versions.putAll(new TreeMap<>(visitors.counts()));
    printer.show(
        new ReleaseProgress(
            phase,
            "blue",
            ColourWeights.giving(CAST.newColour(), weightNow()),
            versions,
            Duration.ofMillis((long) (visitors.seconds() * 1000))));
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
            CAST,
            new ReleaseResult(outcome, reason, weights, took),
            visitors.report(site.orders()),
            timeline,
            functions(),
            gateway.callCounts(),
            stack.states().transitions(execution),
            question(),
            Map.of(
                "java",
                System.getProperty("java.version"),
                "artifact",
                host.isNative() ? "native" : "jvm"));
    ReportJson.write(report, FOLDER.resolve("report.json"));
    ReportPage.write(report, FOLDER.resolve("report.html"));
    ChartImage.write(report, FOLDER.resolve("chart.svg"));
    Files.write(FOLDER.resolve("functions.log"), logs());
    printer.say(outcome + ": " + reason);
    permissions.denied().forEach(call -> printer.say("NOT PERMITTED: " + call));
    List<String> objections = new ArrayList<>(report.objections());
    trouble.objection().ifPresent(objections::add);
    objections.forEach(objection -> printer.say("NOT AS EXPECTED: " + objection));
    printer.say("Report: %s, report.html and chart.svg".formatted(FOLDER.resolve("report.json")));
    printer.say(report.resultLine());
    return objections.isEmpty() && permissions.denied().isEmpty() ? 0 : 1;
  }

  /** A person at the terminal decides what has to come of it. */
  private Options answered(String reason) {
    if (options.answering() != ApprovalMode.ASK) {
      return options;
    }
    boolean rejected = reason.startsWith("rejected by") || reason.startsWith("nobody answered");
    return options.answered(rejected ? ApprovalMode.REJECT : ApprovalMode.APPROVE);
  }

  private List<String> question() {
    return slack.messages().stream()
        .filter(message -> message.blocks().size() > 1)
        .findFirst()
        .map(message -> message.shown().lines().toList())
        .orElse(List.of());
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

  private List<FunctionLatency> functions() {
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
    return functions;
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
