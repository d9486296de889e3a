package io.crossfade.gate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.crossfade.aws.Adapter;
import io.crossfade.aws.Priming;
import io.crossfade.fleet.ElbTargetHealth;
import io.crossfade.release.Colour;
import io.crossfade.release.DeploymentTarget;
import io.crossfade.release.Side;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/** Prepares the function that looks at the alarms while it starts. */
@Adapter
public class CheckAlarmsStart {
  private static final String RULE = "arn:aws:elasticloadbalancing:::listener-rule/app/none/1/2/3";
  private static final String GROUP = "arn:aws:elasticloadbalancing:::targetgroup/none/1";

  /** An empty map: CloudWatch speaks CBOR. */
  private static final byte[] NOTHING = {(byte) 0xA0};

  private final Optional<String> handler;
  private final CloudWatchClient cloudWatch;
  private final ElasticLoadBalancingV2Client loadBalancing;

  public CheckAlarmsStart(
      @ConfigProperty(name = "quarkus.lambda.handler") Optional<String> handler,
      CloudWatchClient cloudWatch,
      ElasticLoadBalancingV2Client loadBalancing) {
    this.handler = handler;
    this.cloudWatch = cloudWatch;
    this.loadBalancing = loadBalancing;
  }

  void prepare(@Observes StartupEvent started) {
    if (Priming.helps() && handler.filter("check-alarms"::equals).isPresent()) {
      Priming.attempt("prepare CloudWatch", CheckAlarmsStart::alarmsAndCounts);
      Priming.attempt("prepare the load balancer", CheckAlarmsStart::targets);
      Priming.attempt("open CloudWatch", cloudWatch::serviceName);
      Priming.attempt("open the load balancer", loadBalancing::serviceName);
    }
  }

  private static void alarmsAndCounts() {
    CloudWatchClient client = Priming.client(CloudWatchClient.builder(), NOTHING);
    new CloudWatchAlarmReader(client).named(List.of("none"));
    Side side = new Side(Colour.BLUE, "none", GROUP);
    new CloudWatchRequestCounts(client)
        .between(RULE, new DeploymentTarget("none", side, side), Instant.EPOCH, Instant.EPOCH);
  }

  private static void targets() {
    byte[] none = "<DescribeTargetHealthResponse/>".getBytes(UTF_8);
    new ElbTargetHealth(Priming.client(ElasticLoadBalancingV2Client.builder(), none)).of(GROUP);
  }
}
