package io.crossfade.rollback;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.aws.Adapter;
import io.crossfade.aws.Priming;
import io.crossfade.aws.StateBucket;
import io.crossfade.execution.SfnExecutions;
import io.crossfade.fleet.EcsServices;
import io.crossfade.fleet.ElbTargetHealth;
import io.crossfade.lock.Lock;
import io.crossfade.lock.S3LockStore;
import io.crossfade.release.Deployment;
import io.crossfade.traffic.ElbListenerRules;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;

/** Prepares the functions of the way back while they start: from then on visitors wait for them. */
@Adapter
public class WayBackStart {
  private static final String RULE = "arn:aws:elasticloadbalancing:none";

  /** As every call of the load balancer's API is answered; each reads its own part of it. */
  private static final String RULES =
      """
      <DescribeRulesResponse><DescribeRulesResult><Rules><member><RuleArn>none</RuleArn><Actions>
      <member><Type>forward</Type><ForwardConfig><TargetGroups>
      <member><TargetGroupArn>none</TargetGroupArn><Weight>1</Weight></member>
      </TargetGroups></ForwardConfig></member>
      </Actions></member></Rules></DescribeRulesResult></DescribeRulesResponse>
      """
          .replace("\n", "");

  private final String handler;
  private final ObjectMapper json;
  private final S3Client s3;
  private final ElasticLoadBalancingV2Client loadBalancing;
  private final EcsClient ecs;
  private final SfnClient stepFunctions;

  public WayBackStart(
      @ConfigProperty(name = "quarkus.lambda.handler") Optional<String> handler,
      ObjectMapper json,
      S3Client s3,
      ElasticLoadBalancingV2Client loadBalancing,
      EcsClient ecs,
      SfnClient stepFunctions) {
    this.handler = handler.orElse("");
    this.json = json;
    this.s3 = s3;
    this.loadBalancing = loadBalancing;
    this.ecs = ecs;
    this.stepFunctions = stepFunctions;
  }

  void prepare(@Observes StartupEvent started) {
    if (!Priming.helps()) {
      return;
    }
    switch (handler) {
      case "rollback" -> {
        Priming.attempt("prepare documents", this::documents);
        Priming.attempt("prepare S3", this::lock);
        Priming.attempt("prepare the load balancer", this::rule);
        Priming.attempt("prepare ECS", this::services);
        open(s3, loadBalancing, ecs);
      }
      case "begin-restore", "guardian" -> {
        Priming.attempt("prepare documents", this::documents);
        Priming.attempt("prepare S3", this::lock);
        Priming.attempt("prepare Step Functions", this::executions);
        open(s3, stepFunctions);
      }
      default -> {}
    }
  }

  private void documents() throws IOException {
    Deployment document = Deployment.refused("none", RULE, "");
    json.readValue(json.writeValueAsBytes(document), Deployment.class);
  }

  private void lock() throws IOException {
    byte[] lock = json.writeValueAsBytes(Lock.taken(RULE, "none", RULE, Instant.EPOCH));
    S3Client client = Priming.client(S3Client.builder(), lock);
    new S3LockStore(new StateBucket(client, json, "none")).find(RULE);
  }

  private void rule() {
    var client = Priming.client(ElasticLoadBalancingV2Client.builder(), RULES.getBytes(UTF_8));
    ElbListenerRules rules = new ElbListenerRules(client);
    rules.write(rules.read(RULE));
    new ElbTargetHealth(client).of(RULE);
  }

  private void services() {
    new EcsServices(Priming.client(EcsClient.builder(), "{}".getBytes(UTF_8)))
        .find("none", List.of("none"));
  }

  private void executions() {
    byte[] aborted = "{\"status\":\"ABORTED\"}".getBytes(UTF_8);
    new SfnExecutions(Priming.client(SfnClient.builder(), aborted), json).status(RULE);
  }

  /** A client is made at its first use. */
  private static void open(SdkClient... clients) {
    for (SdkClient client : clients) {
      Priming.attempt("open a client", client::serviceName);
    }
  }
}
