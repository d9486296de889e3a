package io.crossfade.localaws.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.crossfade.localaws.Identities;
import io.crossfade.localaws.LocalAws;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.localaws.states.LocalStepFunctions;
import io.crossfade.localaws.template.FunctionResource;
import io.crossfade.localaws.wire.Gateway;
import io.crossfade.localaws.wire.SdkClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;

class FaultsTest {
  private static final String CALLER = "ScaleOutFunction";

  /** One call of each protocol that changes something that can be counted. */
  enum Wire {
    JSON("ecs:CreateCluster") {
      @Override
      void call(FaultsTest test) {
        test.client(EcsClient.builder()).createCluster(r -> r.clusterName("shop"));
      }

      @Override
      boolean happened(LocalAws aws) {
        return !aws.ecs().describeClusters(r -> r.clusters("shop")).clusters().isEmpty();
      }
    },
    QUERY("elasticloadbalancing:CreateLoadBalancer") {
      @Override
      void call(FaultsTest test) {
        test.client(ElasticLoadBalancingV2Client.builder()).createLoadBalancer(r -> r.name("one"));
      }

      @Override
      boolean happened(LocalAws aws) {
        return !aws.elb().describeLoadBalancers().loadBalancers().isEmpty();
      }
    },
    CBOR("monitoring:PutCompositeAlarm") {
      @Override
      void call(FaultsTest test) {
        test.client(CloudWatchClient.builder())
            .putCompositeAlarm(r -> r.alarmName("any").alarmRule("TRUE"));
      }

      @Override
      boolean happened(LocalAws aws) {
        return !aws.cloudWatch()
            .describeAlarms(r -> r.alarmTypesWithStrings("CompositeAlarm"))
            .compositeAlarms()
            .isEmpty();
      }
    },
    REST("s3:PutObject") {
      @Override
      void call(FaultsTest test) {
        test.client(S3Client.builder())
            .putObject(r -> r.bucket("state").key("one"), RequestBody.fromString("1"));
      }

      @Override
      boolean happened(LocalAws aws) {
        return !aws.s3().keys("state").isEmpty();
      }
    };

    private final String operation;

    Wire(String operation) {
      this.operation = operation;
    }

    abstract void call(FaultsTest test);

    abstract boolean happened(LocalAws aws);
  }

  private final Gateway gateway = new Gateway();
  private final LocalAws aws = new LocalAws(gateway, 60);
  private final List<String> killed = new CopyOnWriteArrayList<>();
  private final Faults faults =
      new Faults(
          gateway,
          Identities.of(List.of(function(CALLER), function("CheckHealthFunction"))),
          killed::add);

  FaultsTest() {
    aws.s3().createBucket("state");
  }

  private static FunctionResource function(String logicalId) {
    return new FunctionResource(
        logicalId,
        "crossfade-" + logicalId,
        Map.of(),
        Duration.ofSeconds(9),
        256,
        JsonNodeFactory.instance.arrayNode(),
        List.of());
  }

  @AfterEach
  void close() {
    faults.close();
    aws.close();
    gateway.close();
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
    return client(CALLER, builder);
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      String function, B builder) {
    return SdkClients.at(
        gateway.endpoint(),
        Identities.accessKeyId(function),
        builder.overrideConfiguration(
            o ->
                o.retryStrategy(DefaultRetryStrategy.doNotRetry())
                    .apiCallAttemptTimeout(Duration.ofSeconds(30))));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      textBlock =
          """
          JSON,  THROTTLE,    400, ThrottlingException
          QUERY, THROTTLE,    400, Throttling
          CBOR,  THROTTLE,    400, Throttling
          REST,  THROTTLE,    503, SlowDown
          JSON,  FAIL_BEFORE, 500, ServerException
          QUERY, FAIL_BEFORE, 500, InternalFailure
          CBOR,  FAIL_BEFORE, 500, InternalServiceError
          REST,  FAIL_BEFORE, 500, InternalError
          """)
  void aRefusalComesInTheServicesOwnShapeAndNothingHappens(
      Wire wire, Fault fault, int status, String code) {
    faults.inject(FaultRule.of(fault, wire.operation));
    assertThatThrownBy(() -> wire.call(this))
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            error -> {
              assertThat(error.statusCode()).isEqualTo(status);
              assertThat(error.awsErrorDetails().errorCode()).isEqualTo(code);
              assertThat(error.isThrottlingException()).isEqualTo(fault == Fault.THROTTLE);
            });
    assertThat(wire.happened(aws)).isFalse();
    wire.call(this);
    assertThat(wire.happened(aws)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void aLostAnswerHidesWhatHasHappened(Wire wire) {
    faults.inject(FaultRule.of(Fault.FAIL_AFTER, wire.operation).always());
    assertThatThrownBy(() -> wire.call(this))
        .isInstanceOf(SdkClientException.class)
        .isNotInstanceOf(ApiCallAttemptTimeoutException.class);
    assertThat(wire.happened(aws)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void aCallThatHangsIsLetGoWhenItsWorldEnds(Wire wire) throws Exception {
    faults.inject(FaultRule.of(Fault.HANG, wire.operation).always());
    CompletableFuture<Throwable> ended =
        CompletableFuture.supplyAsync(() -> catchThrowable(() -> wire.call(this)));
    Await.until("it hangs", () -> !faults.failedCalls().isEmpty());
    faults.close();
    assertThat(ended.get(60, TimeUnit.SECONDS))
        .isInstanceOf(SdkClientException.class)
        .isNotInstanceOf(ApiCallAttemptTimeoutException.class);
    assertThat(wire.happened(aws)).isFalse();
  }

  @Test
  void whoCallsAServiceThatHangsWaitsForItsOwnTimeOut() {
    faults.inject(FaultRule.of(Fault.HANG, "ecs:CreateCluster").always());
    EcsClient impatient =
        SdkClients.at(
            gateway.endpoint(),
            "key",
            EcsClient.builder()
                .overrideConfiguration(
                    o ->
                        o.retryStrategy(DefaultRetryStrategy.doNotRetry())
                            .apiCallAttemptTimeout(Duration.ofMillis(200))));
    assertThatThrownBy(impatient::createCluster).isInstanceOf(ApiCallAttemptTimeoutException.class);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      textBlock =
          """
          JSON,  KILL_BEFORE, false
          JSON,  KILL_AFTER,  true
          QUERY, KILL_BEFORE, false
          QUERY, KILL_AFTER,  true
          CBOR,  KILL_BEFORE, false
          CBOR,  KILL_AFTER,  true
          REST,  KILL_BEFORE, false
          REST,  KILL_AFTER,  true
          """)
  void aFunctionDiesBeforeOrAfterItsCall(Wire wire, Fault fault, boolean happened) {
    faults.inject(FaultRule.of(fault, wire.operation));
    catchThrowable(() -> wire.call(this));
    assertThat(killed).containsExactly("crossfade-ScaleOutFunction");
    assertThat(wire.happened(aws)).isEqualTo(happened);
  }

  @Test
  void aStaleReadIsAnsweredAsBeforeTheLastWrite() {
    EcsClient ecs = client(EcsClient.builder());
    ElasticLoadBalancingV2Client elb = client(ElasticLoadBalancingV2Client.builder());
    CloudWatchClient cloudWatch = client(CloudWatchClient.builder());
    S3Client s3 = client(S3Client.builder());
    List<IntSupplier> reads =
        List.of(
            () -> ecs.describeClusters(r -> r.clusters("shop")).clusters().size(),
            () -> elb.describeLoadBalancers().loadBalancers().size(),
            () ->
                cloudWatch
                    .describeAlarms(r -> r.alarmTypesWithStrings("CompositeAlarm"))
                    .compositeAlarms()
                    .size(),
            () -> s3.listObjectsV2(r -> r.bucket("state")).contents().size());
    for (String read :
        List.of(
            "ecs:DescribeClusters",
            "elasticloadbalancing:DescribeLoadBalancers",
            "monitoring:DescribeAlarms",
            "s3:ListObjectsV2")) {
      faults.inject(FaultRule.of(Fault.STALE, read).nth(2).times(2));
    }
    List<Integer> seen = new ArrayList<>();
    for (int i = 0; i < Wire.values().length; i++) {
      seen.add(reads.get(i).getAsInt());
      Wire.values()[i].call(this);
      seen.add(reads.get(i).getAsInt());
      seen.add(reads.get(i).getAsInt());
      seen.add(reads.get(i).getAsInt());
    }
    assertThat(seen).containsExactly(0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1);
  }

  @Test
  void anObjectIsReadAsItWasBeforeItWasOverwritten() {
    S3Client s3 = client(S3Client.builder());
    faults.inject(FaultRule.of(Fault.STALE, "s3:GetObject").nth(2));
    List<String> seen = new ArrayList<>();
    for (String content : List.of("one", "two")) {
      s3.putObject(r -> r.bucket("state").key("k"), RequestBody.fromString(content));
      seen.add(s3.getObjectAsBytes(r -> r.bucket("state").key("k")).asUtf8String());
    }
    seen.add(s3.getObjectAsBytes(r -> r.bucket("state").key("k")).asUtf8String());
    assertThat(seen).containsExactly("one", "one", "two");
  }

  @ParameterizedTest(name = "by {0}, from {1}, {2} times")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
                              | 1 | 1 | no ok ok ok
                              | 2 | 2 | ok no no ok
                              | 3 | 9 | ok ok no no
          ScaleOutFunction    | 1 | 1 | no ok ok ok
          CheckHealthFunction | 1 | 1 | ok no ok ok
          CheckHealthFunction | 2 | 1 | ok ok ok no
          NotifyFunction      | 1 | 9 | ok ok ok ok
          """)
  void aRuleHoldsForItsCallsOnly(String function, int nth, int times, String outcome) {
    FaultRule rule = FaultRule.of(Fault.THROTTLE, "ecs:ListServices").nth(nth).times(times);
    faults.inject(function == null ? rule : rule.by(function));
    faults.inject(FaultRule.of(Fault.THROTTLE, "ecs:DescribeServices").always());
    aws.ecs().createCluster(r -> r.clusterName("default"));
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      String caller = i % 2 == 0 ? CALLER : "CheckHealthFunction";
      EcsClient ecs = client(caller, EcsClient.builder());
      seen.add(works(ecs) ? "ok" : "no");
    }
    assertThat(String.join(" ", seen)).isEqualTo(outcome);
  }

  private static boolean works(EcsClient ecs) {
    Throwable thrown = catchThrowable(ecs::listServices);
    return !(thrown instanceof AwsServiceException error) || !error.isThrottlingException();
  }

  @Test
  void everyCallIsRecordedWithItsCallerAndItsStateAndCanBeMadeToFail() throws Exception {
    EcsClient ecs = client(EcsClient.builder());
    CloudWatchClient stranger =
        SdkClients.at(gateway.endpoint(), "AKIASTRANGER", CloudWatchClient.builder());
    LocalStepFunctions states =
        new LocalStepFunctions(
            aws.clock(),
            (function, payload) -> {
              ecs.describeClusters();
              stranger.putMetricData(
                  r ->
                      r.namespace("Shop")
                          .metricData(MetricDatum.builder().metricName("m").value(1.0).build()));
              return payload;
            });
    gateway.serve("states", SfnClient.class, states);
    faults.watch(states);
    ecs.describeClusters();
    String machine =
        states
            .createStateMachine(
                r ->
                    r.name("m")
                        .roleArn("arn:r")
                        .definition(
                            """
                            {"StartAt": "Look", "States": {"Look": {"Type": "Task", "End": true,
                             "Resource": "arn:aws:states:::lambda:invoke",
                             "Parameters": {"FunctionName": "f"}}}}"""))
            .stateMachineArn();
    states.startExecution(r -> r.stateMachineArn(machine));
    Await.until("it has run", () -> faults.recorder().calls().size() == 3);

    assertThat(faults.recorder().calls())
        .extracting(c -> c.ordinal() + " " + c.function() + " " + c.name() + " " + c.state())
        .containsExactly(
            "1 ScaleOutFunction ecs:DescribeClusters null",
            "2 ScaleOutFunction ecs:DescribeClusters Look",
            "3 AKIASTRANGER monitoring:PutMetricData Look");
    assertThat(faults.recorder().calls().get(1).fault(Fault.KILL_AFTER))
        .isEqualTo(new FaultRule("ecs:DescribeClusters", CALLER, null, 2, 1, Fault.KILL_AFTER));
  }

  @Test
  void everyFunctionHasAKeyOfItsOwnThatStaysTheSame() {
    assertThat(Identities.accessKeyId(CALLER))
        .matches("AKIA[A-Z2-7]{16}")
        .isEqualTo(Identities.accessKeyId(CALLER))
        .isNotEqualTo(Identities.accessKeyId("ScaleInFunction"));
  }
}
