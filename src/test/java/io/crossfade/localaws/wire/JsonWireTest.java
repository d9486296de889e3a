package io.crossfade.localaws.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.ResourceNotFoundException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DescribeClustersRequest;
import software.amazon.awssdk.services.ecs.model.DescribeClustersResponse;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.ListClustersRequest;
import software.amazon.awssdk.services.ecs.model.ListClustersResponse;
import software.amazon.awssdk.services.ecs.model.ListServicesRequest;
import software.amazon.awssdk.services.ecs.model.ListServicesResponse;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceNotFoundException;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceResponse;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;

class JsonWireTest {
  private static final Instant AT = Instant.parse("2026-03-04T05:06:07.089Z");
  private final Gateway gateway = new Gateway();
  private final StubEcs stub = new StubEcs();
  private final EcsClient ecs = SdkClients.at(gateway.endpoint(), "AKIDPLAN", EcsClient.builder());

  @BeforeEach
  void serve() {
    gateway.serve("ecs", EcsClient.class, stub);
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void nestedRequestArrivesAsItWasSent() {
    UpdateServiceRequest request =
        UpdateServiceRequest.builder()
            .cluster("shop")
            .service("api-green")
            .desiredCount(0)
            .forceNewDeployment(false)
            .deploymentConfiguration(
                d -> d.minimumHealthyPercent(100).deploymentCircuitBreaker(c -> c.enable(true)))
            .networkConfiguration(
                n ->
                    n.awsvpcConfiguration(
                        v -> v.subnets("one", "two").assignPublicIp(AssignPublicIp.DISABLED)))
            .build();

    ecs.updateService(request);

    assertThat(stub.requests).containsExactly(request);
    assertThat(((UpdateServiceRequest) stub.requests.get(0)).hasLoadBalancers()).isFalse();
  }

  @Test
  void anObserverIsShownWhatWentOverTheWire() {
    List<Exchange> shown = new ArrayList<>();
    gateway.observe(shown::add);

    ecs.updateService(r -> r.service("api-green"));
    assertThatThrownBy(() -> ecs.runTask(r -> r.cluster("shop"))).isInstanceOf(EcsException.class);

    assertThat(shown).extracting(Exchange::status).containsExactly(200, 501);
    assertThat(shown.get(0).headers())
        .containsEntry("X-Amz-Target", "AmazonEC2ContainerServiceV20141113.UpdateService");
    assertThat(new String(shown.get(0).body(), StandardCharsets.UTF_8))
        .isEqualTo("{\"service\":\"api-green\"}");
    assertThat(new String(shown.get(1).responseBody(), StandardCharsets.UTF_8))
        .contains("not emulated: ecs:RunTask");
  }

  @Test
  void emptyListIsNotAnAbsentList() {
    ecs.updateService(r -> r.service("api-green").loadBalancers(List.of()));

    assertThat(((UpdateServiceRequest) stub.requests.get(0)).hasLoadBalancers()).isTrue();
  }

  @Test
  void responseArrivesAsItWasGiven() {
    Service service = ecs.describeServices(r -> r.services("api-blue")).services().get(0);

    assertThat(service).isEqualTo(stub.service());
    assertThat(service.createdAt()).isEqualTo(AT);
    assertThat(service.hasEvents()).isTrue();
    assertThat(service.hasLoadBalancers()).isFalse();
  }

  @Test
  void mapsAndEnumsTravelBothWays() {
    ContainerDefinition container =
        ContainerDefinition.builder()
            .name("app")
            .dockerLabels(Map.of("a.b", "1", "ü", "<&>"))
            .logConfiguration(l -> l.logDriver("awslogs").options(Map.of("group", "g")))
            .build();

    TaskDefinition registered =
        ecs.registerTaskDefinition(r -> r.family("api").containerDefinitions(container))
            .taskDefinition();

    assertThat(registered.containerDefinitions()).containsExactly(container);
  }

  @Test
  void modeledErrorArrivesAsItsOwnType() {
    assertThatThrownBy(() -> ecs.updateService(r -> r.service("missing")))
        .isInstanceOfSatisfying(
            ServiceNotFoundException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(400);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ServiceNotFoundException");
              assertThat(e.awsErrorDetails().errorMessage()).isEqualTo("Service not found.");
              assertThat(e.requestId()).isNotBlank();
            });
  }

  @Test
  void membersOfAnErrorTravelToo() {
    gateway.serve("application-autoscaling", ApplicationAutoScalingClient.class, new StubScaling());
    ApplicationAutoScalingClient scaling =
        SdkClients.at(gateway.endpoint(), "AKID", ApplicationAutoScalingClient.builder());

    assertThatThrownBy(() -> scaling.listTagsForResource(r -> r.resourceARN("arn:x")))
        .isInstanceOfSatisfying(
            ResourceNotFoundException.class, e -> assertThat(e.resourceName()).isEqualTo("arn:x"));
  }

  @Test
  void operationThatIsNotOverriddenIsNotEmulatedAndNotTriedAgain() {
    assertThatThrownBy(() -> ecs.createCapacityProvider(r -> r.name("x")))
        .isInstanceOfSatisfying(
            EcsException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(501);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("NotImplemented");
              assertThat(e.awsErrorDetails().errorMessage())
                  .isEqualTo("not emulated: ecs:CreateCapacityProvider");
            });
    assertThat(gateway.callCounts()).isEqualTo(Map.of("ecs:CreateCapacityProvider", 1L));
  }

  @Test
  void whatAnEmulatedOperationDoesNotEmulateIsNamed() {
    assertThatThrownBy(() -> ecs.updateService(r -> r.service("x").enableExecuteCommand(true)))
        .hasMessageContaining("not emulated: ecs:UpdateService (enableExecuteCommand)");
  }

  @Test
  void serviceThatNobodyServesIsNotEmulated() {
    SfnClient sfn = SdkClients.at(gateway.endpoint(), "AKID", SfnClient.builder());

    assertThatThrownBy(() -> sfn.startExecution(r -> r.stateMachineArn("arn:x")))
        .hasMessageContaining("not emulated: states:StartExecution");
  }

  @Test
  void unforeseenErrorIsAnInternalFailureWithItsMessage() throws Exception {
    HttpResponse<String> response = post("DescribeClusters", "{}");

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.headers().firstValue("x-amzn-errortype")).contains("InternalFailure");
    assertThat(response.body()).contains("IllegalStateException: the stub is broken");
  }

  @Test
  void failedAssertionOfAServiceIsAnswered() throws Exception {
    HttpResponse<String> response = post("ListClusters", "{}");

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).contains("AssertionError: cannot be");
  }

  @Test
  void errorWithoutACodeIsAMistakeOfTheService() throws Exception {
    HttpResponse<String> response = post("ListServices", "{}");

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).contains("was thrown without an error code");
  }

  @Test
  void parallelCallsAreAllCounted() {
    IntStream.range(0, 200).parallel().forEach(i -> ecs.describeServices(r -> r.services("a")));

    assertThat(gateway.callCounts()).isEqualTo(Map.of("ecs:DescribeServices", 200L));
  }

  @Test
  void protocolThatNobodySpeaksIsNotEmulated() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(gateway.endpoint().resolve("/2015-03-31/functions/f"))
            .header("Authorization", "AWS4-HMAC-SHA256 Credential=A/20260101/r/lambda/aws4_request")
            .build();

    assertThat(send(request).statusCode()).isEqualTo(501);
    assertThat(send(request).body()).contains("not emulated: lambda:GET /2015-03-31/functions/f");
  }

  @Test
  void unknownParameterIsRefusedByName() throws Exception {
    HttpResponse<String> response =
        post("UpdateService", "{\"service\":\"a\",\"networkConfiguration\":{\"vpc\":1}}");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .contains("ValidationException")
        .contains("unknown parameter: networkConfiguration.vpc");
    assertThat(stub.requests).isEmpty();
  }

  @Test
  void parameterOfAnotherTypeIsRefusedByName() throws Exception {
    HttpResponse<String> response = post("UpdateService", "{\"desiredCount\":\"two\"}");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("desiredCount must be a number");
  }

  @Test
  void unsignedCallIsRecognisedByItsTarget() throws Exception {
    assertThat(post("DescribeServices", "{}").statusCode()).isEqualTo(200);
  }

  @Test
  void throttledCallIsTriedAgainBySdk() {
    AtomicInteger seen = new AtomicInteger();
    gateway.intercept(
        new CallInterceptor() {
          @Override
          public void before(Call call) {
            if (seen.incrementAndGet() < 3) {
              throw throttled();
            }
          }
        });

    ecs.updateService(r -> r.service("api-green"));

    assertThat(gateway.callCounts()).isEqualTo(Map.of("ecs:UpdateService", 3L));
    assertThat(stub.requests).hasSize(1);
  }

  @Test
  void interceptorSeesWhoCallsWhat() {
    List<Call> calls = new ArrayList<>();
    gateway.intercept(
        new CallInterceptor() {
          @Override
          public void before(Call call) {
            calls.add(call);
          }
        });

    ecs.updateService(r -> r.service("api-green"));

    UpdateServiceRequest request = UpdateServiceRequest.builder().service("api-green").build();
    assertThat(calls).containsExactly(new Call("ecs", "UpdateService", "AKIDPLAN", request));
  }

  @Test
  void interceptorCanFailACallAfterItsEffect() {
    gateway.intercept(
        new CallInterceptor() {
          @Override
          public void after(Call call, Object response) {
            throw denied();
          }
        });

    assertThatThrownBy(() -> ecs.updateService(r -> r.service("api-green")))
        .hasMessageContaining("the answer got lost");
    assertThat(stub.requests).hasSize(1);
  }

  @Test
  void serviceCanBeReplaced() {
    StubEcs other = new StubEcs();
    gateway.serve("ecs", EcsClient.class, other);

    ecs.updateService(r -> r.service("api-green"));

    assertThat(stub.requests).isEmpty();
    assertThat(other.requests).hasSize(1);
  }

  @Test
  void resetForgetsTheCounts() {
    ecs.updateService(r -> r.service("api-green"));

    gateway.reset();

    assertThat(gateway.callCounts()).isEmpty();
  }

  @Test
  void stepFunctionsSpeaksJsonToo() {
    gateway.serve("states", SfnClient.class, new StubStates());
    SfnClient sfn = SdkClients.at(gateway.endpoint(), "AKID", SfnClient.builder());

    assertThat(sfn.startExecution(r -> r.stateMachineArn("arn:x").input("{\"a\":1}")).startDate())
        .isEqualTo(AT);
  }

  private HttpResponse<String> post(String operation, String body) throws Exception {
    URI endpoint = gateway.endpoint();
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .header("X-Amz-Target", "AmazonEC2ContainerServiceV20141113." + operation)
            .header("Content-Type", "application/x-amz-json-1.1")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return send(request);
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static RuntimeException throttled() {
    return EcsException.builder()
        .statusCode(400)
        .awsErrorDetails(details("ThrottlingException", "Rate exceeded"))
        .build();
  }

  private static RuntimeException denied() {
    return EcsException.builder()
        .statusCode(403)
        .awsErrorDetails(details("AccessDeniedException", "the answer got lost"))
        .build();
  }

  private static AwsErrorDetails details(String code, String message) {
    return AwsErrorDetails.builder().errorCode(code).errorMessage(message).build();
  }

  private static final class StubEcs implements EcsClient {
    final List<Object> requests = new ArrayList<>();

    @Override
    public UpdateServiceResponse updateService(UpdateServiceRequest request) {
      if ("missing".equals(request.service())) {
        throw ServiceNotFoundException.builder()
            .statusCode(400)
            .awsErrorDetails(details("ServiceNotFoundException", "Service not found."))
            .build();
      }
      if (request.enableExecuteCommand() != null) {
        throw new UnsupportedOperationException("enableExecuteCommand");
      }
      requests.add(request);
      return UpdateServiceResponse.builder().service(service()).build();
    }

    Service service() {
      return Service.builder()
          .serviceName("api-blue")
          .createdAt(AT)
          .desiredCount(2)
          .enableECSManagedTags(true)
          .events(List.of())
          .deployments(
              Deployment.builder().rolloutState("COMPLETED").failedTasks(0).updatedAt(AT).build())
          .build();
    }

    @Override
    public DescribeServicesResponse describeServices(DescribeServicesRequest request) {
      return DescribeServicesResponse.builder().services(service()).build();
    }

    @Override
    public RegisterTaskDefinitionResponse registerTaskDefinition(
        RegisterTaskDefinitionRequest request) {
      return RegisterTaskDefinitionResponse.builder()
          .taskDefinition(t -> t.containerDefinitions(request.containerDefinitions()))
          .build();
    }

    @Override
    public ListClustersResponse listClusters(ListClustersRequest request) {
      throw new AssertionError("cannot be");
    }

    @Override
    public ListServicesResponse listServices(ListServicesRequest request) {
      throw ServiceNotFoundException.builder().message("no code").build();
    }

    @Override
    public DescribeClustersResponse describeClusters(DescribeClustersRequest request) {
      throw new IllegalStateException("the stub is broken");
    }

    @Override
    public String serviceName() {
      return "ecs";
    }

    @Override
    public void close() {}
  }

  private static final class StubScaling implements ApplicationAutoScalingClient {
    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
      throw ResourceNotFoundException.builder()
          .resourceName(request.resourceARN())
          .statusCode(400)
          .awsErrorDetails(details("ResourceNotFoundException", "no such target"))
          .build();
    }

    @Override
    public String serviceName() {
      return "application-autoscaling";
    }

    @Override
    public void close() {}
  }

  private static final class StubStates implements SfnClient {
    @Override
    public StartExecutionResponse startExecution(StartExecutionRequest request) {
      return StartExecutionResponse.builder().executionArn("arn:e").startDate(AT).build();
    }

    @Override
    public String serviceName() {
      return "states";
    }

    @Override
    public void close() {}
  }
}
