package io.crossfade.cost;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Computes what the site costs by the month and what a release costs, as the tables of
 * docs/cost.md. With the argument {@code committed} it takes the figures that the document stands
 * on, else those of the last rehearsal of this machine.
 */
public final class Cost {
  private static final double HOURS = 730;
  private static final double APPROVAL_MINUTES = 30;
  private static final double BUILD_MINUTES = 5;

  /** The most that one GetMetricData asks for; CloudWatch's price is for a metric. */
  private static final int METRICS_EACH = 12;

  /** What every way of releasing blue/green needs. */
  private static final Set<String> OF_ANY_RELEASE =
      Set.of("fargate-vcpu", "fargate-memory", "codebuild-small", "codepipeline");

  private final Map<String, Price> prices = Price.list();
  private final Rehearsed rehearsed;

  Cost(Rehearsed rehearsed) {
    this.rehearsed = rehearsed;
  }

  public static void main(String[] args) {
    boolean committed = args.length > 0 && args[0].equals("committed");
    Cost cost = new Cost(committed ? Rehearsed.committed() : Rehearsed.latest());
    System.out.println("Release figures: " + cost.rehearsed.origin());
    cost.tables().forEach(table -> System.out.println("\n" + table));
  }

  List<String> tables() {
    return List.of(site(), endpoints(), release(), waiting(), deployer(), priceList());
  }

  /** How much of a price is used by the demo and in production. */
  private record Line(String item, String price, double demo, double production, String how) {}

  private static List<Line> siteLines() {
    return List.of(
        new Line(
            "Fargate, processors",
            "fargate-vcpu",
            3 * HOURS,
            5.5 * HOURS,
            "2 frontend and 2 backend tasks; production 3 and 4 on average"),
        new Line("Fargate, memory", "fargate-memory", 6 * HOURS, 11 * HOURS, "the same tasks"),
        new Line("Load balancer", "load-balancer", HOURS, HOURS, "1"),
        new Line(
            "Load balancer, capacity",
            "load-balancer-lcu",
            HOURS,
            2 * HOURS,
            "1 unit on average; production 2"),
        new Line("NAT gateways", "nat-hour", HOURS, 2 * HOURS, "1; production 1 per zone"),
        new Line("NAT gateways, data", "nat-data", 20, 100, "20 GB; production 100 GB"),
        new Line(
            "Public addresses",
            "public-ipv4",
            3 * HOURS,
            4 * HOURS,
            "2 of the load balancer, 1 per NAT gateway"),
        new Line("Database, db.t3.micro", "rds-db.t3.micro", HOURS, 0, "demo"),
        new Line(
            "Database, db.t4g.large in two zones",
            "rds-db.t4g.large-multi-az",
            0,
            HOURS,
            "production"),
        new Line("Database, gp2", "rds-gp2", 30, 0, "30 GB"),
        new Line("Database, gp3", "rds-gp3", 0, 60, "30 GB in each of two zones"),
        new Line("Bastion, t3.micro", "ec2-t3.micro", HOURS, HOURS, "1, if there is one"),
        new Line("Bastion, disk", "ebs-gp3", 8, 8, "8 GB"),
        new Line(
            "Alarms",
            "cloudwatch-alarm",
            31,
            31,
            "23 alarm metrics of site.yaml, 8 of the scaling policies"),
        new Line(
            "Container Insights",
            "cloudwatch-metric",
            50,
            50,
            "50 metrics, an estimate: it depends on what runs"),
        new Line("Dashboard", "cloudwatch-dashboard", 1, 1, "1"),
        new Line("Logs", "cloudwatch-logs", 2, 20, "2 GB; production 20 GB"),
        new Line(
            "Secrets", "secret", 4, 4, "Docker, the database's owner, the backend's user, Slack"),
        new Line("Key", "kms-key", 1, 1, "of the site's notices"),
        new Line("Images", "ecr-storage", 10, 20, "10 GB; production 20 GB"),
        new Line("Artifacts and state", "s3-storage", 1, 1, "1 GB"),
        new Line("Data to visitors", "transfer-out", 10, 200, "10 GB; production 200 GB"));
  }

  private String site() {
    StringJoiner table = new StringJoiner("\n");
    table.add("| by the month | how much | USD per unit | demo USD | production USD |");
    table.add("|---|---|--:|--:|--:|");
    double demo = 0;
    double production = 0;
    List<String> open = new ArrayList<>();
    for (Line line : siteLines()) {
      Price price = prices.get(line.price());
      table.add(
          "| %s | %s | %s | %s | %s |"
              .formatted(
                  line.item(),
                  line.how(),
                  unit(price),
                  money(price, line.demo(), 2),
                  money(price, line.production(), 2)));
      if (price.usd() == null) {
        open.add(line.item());
      } else {
        demo += price.usd() * line.demo();
        production += price.usd() * line.production();
      }
    }
    String without = open.isEmpty() ? "" : ", without \"" + String.join("\" and \"", open) + '"';
    return table
        .add(
            "| **together**%s | | | **%s** | **%s** |"
                .formatted(without, number(demo, 2), number(production, 2)))
        .toString();
  }

  /** From how many GB on the interface endpoints cost less than what they take off the NAT. */
  private String endpoints() {
    int count = 4;
    int zones = 2;
    double fixed = count * zones * HOURS * usd("endpoint-hour");
    double saved = usd("nat-data") - usd("endpoint-data");
    StringJoiner table = new StringJoiner("\n");
    table.add("| interface endpoints | |");
    table.add("|---|--:|");
    table.add(
        "| %d endpoints in %d zones, USD a month | %s |".formatted(count, zones, number(fixed, 2)));
    table.add(
        "| saved per GB that takes them and not the NAT gateway, USD | %s |"
            .formatted(number(saved, 3)));
    return table
        .add("| worth it from, GB a month | %s |".formatted(number(fixed / saved, 0)))
        .toString();
  }

  /**
   * What a release costs in state transitions, functions and calls, in USD: without the second
   * colour's tasks, the build and the pipeline.
   *
   * @param report of a rehearsal, or the same fields of another release
   */
  public static double ofCalls(JsonNode report) {
    Cost cost = new Cost(new Rehearsed("a release", report));
    return cost.callLines().stream()
        .mapToDouble(line -> cost.usd(line.price()) * line.demo())
        .sum();
  }

  private List<Line> releaseLines() {
    double minutes = rehearsed.minutes() + APPROVAL_MINUTES;
    return Stream.concat(
            callLines().stream(),
            Stream.of(
                once("Fargate, the second colour's processors", "fargate-vcpu", 2 * minutes / 60),
                once("Fargate, the second colour's memory", "fargate-memory", 4 * minutes / 60),
                once("CodeBuild", "codebuild-small", BUILD_MINUTES),
                once("CodePipeline", "codepipeline", 1 + BUILD_MINUTES + Math.ceil(minutes))))
        .toList();
  }

  private List<Line> callLines() {
    return List.of(
        once("State transitions", "state-transition", rehearsed.transitions()),
        once("Lambda, requests", "lambda-request", rehearsed.invocations()),
        once(
            "Lambda, duration",
            "lambda-duration",
            rehearsed.millis() / 1000 * rehearsed.memoryGb()),
        once("Traces", "xray-trace", rehearsed.invocations()),
        once(
            "CloudWatch, requests",
            "cloudwatch-request",
            rehearsed.calls("monitoring:DescribeAlarms")
                + METRICS_EACH * rehearsed.calls("monitoring:GetMetricData")),
        once("S3, writes", "s3-put", rehearsed.calls("s3:PutObject")),
        once("S3, reads", "s3-get", rehearsed.calls("s3:GetObject")),
        once("SNS", "sns-publish", rehearsed.calls("sns:Publish")),
        once(
            "Secrets Manager, requests",
            "secret-request",
            2 + rehearsed.calls("secretsmanager:GetSecretValue")));
  }

  private static Line once(String item, String price, double quantity) {
    return new Line(item, price, quantity, 0, "");
  }

  private String release() {
    StringJoiner table = new StringJoiner("\n");
    table.add("| one release of the backend | how much | unit | USD per unit | USD |");
    table.add("|---|--:|---|--:|--:|");
    double total = 0;
    for (Line line : releaseLines()) {
      Price price = prices.get(line.price());
      boolean whole = line.demo() == Math.rint(line.demo());
      table.add(
          "| %s | %s | %s | %s | %s |"
              .formatted(
                  line.item(),
                  number(line.demo(), whole ? 0 : 3),
                  price.unit(),
                  unit(price),
                  money(price, line.demo(), 6)));
      total += price.usd() * line.demo();
    }
    return table.add("| **together** | | | | **%s** |".formatted(number(total, 3))).toString();
  }

  /**
   * What a release costs by the hour while it waits for a person: both versions and the pipeline.
   */
  double waitingHour() {
    return 2 * usd("fargate-vcpu") + 4 * usd("fargate-memory") + 60 * usd("codepipeline");
  }

  private String waiting() {
    StringJoiner table = new StringJoiner("\n");
    table.add("| waiting for an answer, backend | USD |");
    table.add("|---|--:|");
    table.add("| an hour | %s |".formatted(number(waitingHour(), 2)));
    return table
        .add("| five days, the longest | %s |".formatted(number(5 * 24 * waitingHour(), 2)))
        .toString();
  }

  /** What is there only because of Crossfade, and what any blue/green release costs. */
  private String deployer() {
    double itself = sum(line -> !OF_ANY_RELEASE.contains(line.price()));
    double capacity = sum(line -> line.price().startsWith("fargate"));
    double pipeline = sum(line -> line.price().startsWith("code"));
    StringJoiner table = new StringJoiner("\n");
    table.add("| by the month, USD | 10 releases | 100 releases |");
    table.add("|---|--:|--:|");
    table.add(byReleases("Crossfade: state machine, functions, their calls", itself, 0));
    table.add(byReleases("Crossfade: Slack's secret", 0, usd("secret")));
    table.add(
        byReleases(
            "Crossfade: key, dashboard, 15 alarm metrics, 12 metrics of releases", 0, watching()));
    table.add(byReleases("**Crossfade itself**", itself, usd("secret") + watching()));
    table.add(byReleases("**ECS's own strategies, or CodeDeploy for ECS**", 0, 0));
    table.add(byReleases("with any of them: the second colour", capacity, 0));
    table.add(byReleases("with any of them: build and pipeline", pipeline, 0));
    return table.toString();
  }

  /** The metrics are an estimate: one for each combination of dimensions that occurs. */
  private double watching() {
    return usd("kms-key")
        + usd("cloudwatch-dashboard")
        + 15 * usd("cloudwatch-alarm")
        + 12 * usd("cloudwatch-metric");
  }

  private double sum(Predicate<Line> which) {
    return releaseLines().stream()
        .filter(which)
        .mapToDouble(line -> usd(line.price()) * line.demo())
        .sum();
  }

  private static String byReleases(String item, double each, double standing) {
    return "| %s | %s | %s |"
        .formatted(item, number(standing + 10 * each, 2), number(standing + 100 * each, 2));
  }

  private String priceList() {
    StringJoiner table = new StringJoiner("\n");
    table.add("| price | USD per unit | unit | region | as of | source |");
    table.add("|---|--:|---|---|---|---|");
    prices.forEach(
        (name, price) ->
            table.add(
                "| %s | %s | %s | %s | %s | %s |"
                    .formatted(
                        name,
                        unit(price),
                        price.unit(),
                        price.region(),
                        price.date().isEmpty() ? "–" : price.date(),
                        price.source())));
    return table.toString();
  }

  private double usd(String name) {
    return prices.get(name).usd();
  }

  /** A price that should be looked up has a mark. */
  private static String unit(Price price) {
    if (price.usd() == null) {
      return "to be checked";
    }
    String plain = new BigDecimal(String.valueOf(price.usd())).stripTrailingZeros().toPlainString();
    return price.check() ? plain + " †" : plain;
  }

  private static String money(Price price, double quantity, int digits) {
    if (quantity == 0) {
      return "–";
    }
    return price.usd() == null ? "to be checked" : number(price.usd() * quantity, digits);
  }

  private static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%,." + digits + "f", value);
  }
}
