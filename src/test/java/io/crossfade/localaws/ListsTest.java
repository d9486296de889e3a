package io.crossfade.localaws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.DimensionFilter;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsRequest;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sts.StsClient;

/** The lists that a client asks for which knows nothing of an account yet. */
class ListsTest {
  private static final Instant DAY = Instant.parse("2026-01-02T00:00:00Z");
  private final Account account = new Account();
  private final LocalAws aws = account.aws();

  @AfterEach
  void close() {
    account.close();
  }

  @Test
  void anybodyIsTheUserOfTheAccount() {
    assertThat(account.client(StsClient.builder()).getCallerIdentity().arn())
        .isEqualTo("arn:aws:iam::123456789012:user/local");
  }

  @Test
  void clustersAreListedInPages() {
    Stream.of("one", "two", "three").forEach(n -> aws.ecs().createCluster(r -> r.clusterName(n)));
    EcsClient ecs = account.client(EcsClient.builder());
    assertThat(ecs.listClustersPaginator(r -> r.maxResults(2)).clusterArns())
        .containsExactly(
            "arn:aws:ecs:eu-central-1:123456789012:cluster/one",
            "arn:aws:ecs:eu-central-1:123456789012:cluster/two",
            "arn:aws:ecs:eu-central-1:123456789012:cluster/three");
  }

  @Test
  void secretsAreListedByNameInPagesAndWithoutTheirValues() {
    Stream.of("b", "a", "c").forEach(name -> aws.secrets().store(name, "value"));
    SecretsManagerClient secrets = account.client(SecretsManagerClient.builder());
    assertThat(
            secrets.listSecretsPaginator(r -> r.maxResults(2)).stream()
                .flatMap(page -> page.secretList().stream())
                .map(SecretListEntry::name))
        .containsExactly("a", "b", "c");
    assertThatThrownBy(() -> secrets.listSecrets(r -> r.maxResults(101)))
        .hasMessageContaining("MaxResults is 1 to 100");
    assertThatThrownBy(() -> secrets.listSecrets(r -> r.nextToken("mine")))
        .hasMessageContaining("NextToken value is invalid");
  }

  @Test
  void aPageHasAHundredTopics() {
    IntStream.range(0, 101).forEach(i -> aws.sns().createTopic("t%03d".formatted(i)));
    SnsClient sns = account.client(SnsClient.builder());
    assertThat(sns.listTopics().topics()).hasSize(100);
    assertThat(sns.listTopicsPaginator().topics()).hasSize(101).doesNotHaveDuplicates();
  }

  @Test
  void bucketsAreListedInPages() {
    Stream.of("b", "a", "other", "c").forEach(aws.s3()::createBucket);
    S3Client s3 = account.client(S3Client.builder());
    assertThat(s3.listBuckets().buckets()).extracting(Bucket::name).contains("a", "other");
    assertThat(s3.listBucketsPaginator(r -> r.maxBuckets(1)).buckets())
        .extracting(Bucket::name)
        .containsExactly("a", "b", "c", "other");
    assertThat(s3.listBuckets(r -> r.prefix("o")).buckets())
        .extracting(Bucket::name)
        .containsExactly("other");
    assertThatThrownBy(() -> s3.listBuckets(r -> r.maxBuckets(0)))
        .hasMessageContaining("max-buckets is 1 to 10000");
  }

  @Test
  void keysWithADelimiterAreListedAsOnePrefixInPagesToo() {
    aws.s3().createBucket("b");
    for (String key : List.of("a", "d/1", "d/2", "d/e/3", "f", "g/4")) {
      aws.s3().put("b", key, new byte[0]);
    }
    S3Client s3 = account.client(S3Client.builder());
    ListObjectsV2Response all = s3.listObjectsV2(r -> r.bucket("b").delimiter("/"));
    assertThat(all.contents()).extracting(S3Object::key).containsExactly("a", "f");
    assertThat(all.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("d/", "g/");
    assertThat(all.keyCount()).isEqualTo(4);
    assertThat(s3.listObjectsV2Paginator(r -> r.bucket("b").delimiter("/").maxKeys(1)))
        .extracting(page -> page.contents().size() + page.commonPrefixes().size())
        .containsExactly(1, 1, 1, 1);
    assertThat(s3.listObjectsV2(r -> r.bucket("b").prefix("d/").delimiter("/")).commonPrefixes())
        .extracting(CommonPrefix::prefix)
        .containsExactly("d/e/");
    assertThat(s3.listObjectsV2(r -> r.bucket("b").maxKeys(0)).isTruncated()).isFalse();
    assertThatThrownBy(() -> s3.listObjectsV2(r -> r.bucket("b").maxKeys(-1)))
        .hasMessageContaining("max-keys must not be negative");
  }

  @Test
  void metricsAreListedByNamespaceNameAndDimensions() {
    put("Errors", "b", 1);
    put("Errors", "a", 1);
    put("Orders", "a", 1);
    CloudWatchClient cloudWatch = account.client(CloudWatchClient.builder());
    assertThat(cloudWatch.listMetrics(r -> r.namespace("Shop")).metrics())
        .extracting(m -> m.metricName() + " " + m.dimensions().get(0).value())
        .containsExactly("Errors a", "Errors b", "Orders a");
    assertThat(cloudWatch.listMetrics(r -> r.dimensions(filter("Shop", "b"))).metrics())
        .extracting(Metric::metricName)
        .containsExactly("Errors");
    assertThat(cloudWatch.listMetrics(r -> r.dimensions(filter("Till", null))).metrics()).isEmpty();
    IntStream.range(0, 500).forEach(i -> put("Errors", "shop-" + i, 1));
    assertThat(cloudWatch.listMetrics().metrics()).hasSize(500);
    assertThat(cloudWatch.listMetricsPaginator().metrics()).hasSize(503);
  }

  @Test
  void statisticsAreOfPeriodsThatHaveData() {
    put("Errors", "a", 1, 3);
    CloudWatchClient cloudWatch = account.client(CloudWatchClient.builder());
    assertThat(
            cloudWatch
                .getMetricStatistics(
                    r ->
                        r.namespace("Shop")
                            .metricName("Errors")
                            .dimensions(shop("a"))
                            .startTime(DAY.minus(Duration.ofHours(1)))
                            .endTime(DAY.plus(Duration.ofHours(1)))
                            .period(60)
                            .statistics(Statistic.knownValues())
                            .extendedStatistics("p99"))
                .datapoints())
        .containsExactly(
            Datapoint.builder()
                .timestamp(DAY)
                .sum(4.0)
                .average(2.0)
                .minimum(1.0)
                .maximum(3.0)
                .sampleCount(2.0)
                .extendedStatistics(Map.of("p99", 3.0))
                .build());
  }

  @Test
  void statisticsThatAreAskedForWronglyAreRefused() {
    refusedStatistics(
        r -> r.endTime(DAY.plusSeconds(1441)).period(1).statistics(Statistic.SUM),
        "More than 1440 data points");
    refusedStatistics(r -> {}, "Statistics or ExtendedStatistics is required");
    refusedStatistics(
        r -> r.unit("Count").statistics(Statistic.SUM),
        "not emulated: monitoring:GetMetricStatistics (Unit)");
  }

  private void refusedStatistics(
      Consumer<GetMetricStatisticsRequest.Builder> change, String problem) {
    GetMetricStatisticsRequest.Builder request =
        GetMetricStatisticsRequest.builder()
            .namespace("Shop")
            .metricName("Errors")
            .startTime(DAY)
            .endTime(DAY.plusSeconds(60))
            .period(60);
    change.accept(request);
    CloudWatchClient cloudWatch = account.client(CloudWatchClient.builder());
    assertThatThrownBy(() -> cloudWatch.getMetricStatistics(request.build()))
        .hasMessageContaining(problem);
  }

  @Test
  void metricDataComesInPagesOfSoManyValues() {
    put("Errors", "a", 1, 3);
    put("Orders", "a", 5);
    CloudWatchClient cloudWatch = account.client(CloudWatchClient.builder());
    GetMetricDataRequest request =
        GetMetricDataRequest.builder()
            .startTime(DAY)
            .endTime(DAY.plusSeconds(120))
            .metricDataQueries(query("none"), query("Errors"), query("Orders"))
            .maxDatapoints(1)
            .build();
    GetMetricDataResponse first = cloudWatch.getMetricData(request);
    assertThat(first.metricDataResults())
        .extracting(MetricDataResult::statusCode)
        .containsExactly(StatusCode.COMPLETE, StatusCode.COMPLETE, StatusCode.PARTIAL_DATA);
    GetMetricDataResponse second =
        cloudWatch.getMetricData(request.toBuilder().nextToken(first.nextToken()).build());
    assertThat(second.nextToken()).isNull();
    assertThat(second.metricDataResults().get(2).values()).containsExactly(5.0);
    assertThatThrownBy(() -> cloudWatch.getMetricData(request.toBuilder().maxDatapoints(0).build()))
        .hasMessageContaining("MaxDatapoints is 1 to 100800");
    assertThatThrownBy(
            () -> cloudWatch.getMetricData(request.toBuilder().nextToken("mine").build()))
        .hasMessageContaining("next token is invalid");
  }

  private static DimensionFilter filter(String name, String value) {
    return DimensionFilter.builder().name(name).value(value).build();
  }

  private static Dimension shop(String name) {
    return Dimension.builder().name("Shop").value(name).build();
  }

  private static MetricDataQuery query(String metric) {
    return MetricDataQuery.builder()
        .id("m" + metric.toLowerCase(Locale.ROOT))
        .metricStat(
            s ->
                s.stat("Sum")
                    .period(60)
                    .metric(m -> m.namespace("Shop").metricName(metric).dimensions(shop("a"))))
        .build();
  }

  /** Of one moment. */
  private void put(String metric, String shop, double... values) {
    for (double value : values) {
      aws.cloudWatch()
          .putMetricData(
              r ->
                  r.namespace("Shop")
                      .metricData(
                          MetricDatum.builder()
                              .metricName(metric)
                              .dimensions(shop(shop))
                              .timestamp(DAY)
                              .value(value)
                              .build()));
    }
  }
}
