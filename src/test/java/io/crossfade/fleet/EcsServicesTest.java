package io.crossfade.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.localaws.Account;
import io.crossfade.localaws.sdk.Await;
import io.crossfade.release.PermanentFailure;
import io.crossfade.release.ServiceState;
import io.crossfade.release.TransientFailure;
import io.crossfade.site.BookingSite;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

class EcsServicesTest {
  private static final String UPDATE = "ecs:UpdateService";

  private final Account account = new Account();
  private final BookingSite site = new BookingSite(account.aws(), BookingSite.Names.SAMPLE);
  private final Services services = new EcsServices(account.client(EcsClient.builder()));

  @AfterEach
  void close() {
    account.close();
  }

  @Test
  void findsServicesOfTheClusterByName() {
    site.awaitHealthy();

    var found = services.find("site", List.of("backend-blue", "backend-green"));

    assertThat(found)
        .containsOnlyKeys("backend-blue", "backend-green")
        .containsEntry(
            "backend-blue",
            new Service(
                "backend-blue",
                "ACTIVE",
                "ECS",
                "ROLLING",
                "REPLICA",
                site.backend().definition(),
                2,
                2,
                0,
                1,
                "COMPLETED",
                found.get("backend-blue").rolloutReason(),
                0,
                List.of(new Service.Endpoint(site.backend().blueGroupArn(), "app"))));
    assertThat(found.get("backend-green").state())
        .isEqualTo(new ServiceState("backend-green", site.backend().definition(), 0));
    assertThat(account.sent("ecs:DescribeServices", DescribeServicesRequest.class))
        .extracting(DescribeServicesRequest::cluster)
        .containsExactly("site");
  }

  @Test
  void aDaemonIsToldFromAReplicaAndHasNoCount() {
    account
        .aws()
        .ecs()
        .createService(
            r ->
                r.cluster("site")
                    .serviceName("agent")
                    .taskDefinition(site.backend().definition())
                    .schedulingStrategy("DAEMON"));
    assertThat(services.get("site", List.of("agent")).get("agent").scheduling())
        .isEqualTo("DAEMON");
    assertThatThrownBy(() -> scale("agent", 2))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("does not support a desired count");
  }

  @Test
  void aClusterMayBeGivenByItsArn() {
    String cluster = "arn:aws:ecs:eu-central-1:123456789012:cluster/site";
    assertThat(services.find(cluster, List.of("backend-blue"))).containsOnlyKeys("backend-blue");
  }

  @Test
  void aServiceThatIsMissingIsNotInTheAnswer() {
    assertThat(services.find("site", List.of("backend-blue", "backend-red")))
        .containsOnlyKeys("backend-blue");
    assertThat(services.find("site", List.of("backend-red"))).isEmpty();
  }

  @Test
  void aClusterThatIsMissingIsPermanent() {
    assertThatThrownBy(() -> services.find("moon", List.of("backend-blue")))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("ClusterNotFoundException");
  }

  @Test
  void anyOtherFailureInTheAnswerMayPass() {
    Services busy =
        new EcsServices(answering(Failure.builder().arn("backend-blue").reason("BUSY").build()));
    assertThatThrownBy(() -> busy.find("site", List.of("backend-blue")))
        .isInstanceOf(TransientFailure.class)
        .hasMessage("ECS could not describe backend-blue: BUSY");
  }

  @Test
  void scalingChangesTheCountAndStartsNoDeployment() {
    scale("backend-green", 3);

    UpdateServiceRequest sent = account.sent(UPDATE, UpdateServiceRequest.class).get(0);
    assertThat(sent)
        .isEqualTo(
            UpdateServiceRequest.builder()
                .cluster("site")
                .service("backend-green")
                .desiredCount(3)
                .build());
    Service scaled = services.find("site", List.of("backend-green")).get("backend-green");
    assertThat(scaled.desired()).isEqualTo(3);
    assertThat(scaled.deployments()).isEqualTo(1);
    Await.until(
        "three tasks run",
        () -> services.find("site", List.of("backend-green")).get("backend-green").running() == 3);
  }

  @Test
  void aNewRevisionAndTheCountGoInOneCall() {
    String second = revision();

    update(new ServiceState("backend-green", second, 2));

    assertThat(account.sent(UPDATE, UpdateServiceRequest.class))
        .containsExactly(
            UpdateServiceRequest.builder()
                .cluster("site")
                .service("backend-green")
                .taskDefinition(second)
                .desiredCount(2)
                .build());
    Service updated = services.find("site", List.of("backend-green")).get("backend-green");
    assertThat(updated.state()).isEqualTo(new ServiceState("backend-green", second, 2));
  }

  @Test
  void aSecondUpdateSendsNothing() {
    ServiceState wanted = new ServiceState("backend-green", revision(), 2);
    update(wanted);

    update(wanted);
    scale("backend-green", 2);

    assertThat(account.calls(UPDATE)).isEqualTo(1);
  }

  @Test
  void aServiceThatIsGoneCannotBeUpdated() {
    assertThatThrownBy(() -> scale("backend-red", 1))
        .isInstanceOf(PermanentFailure.class)
        .hasMessage("cluster site has no service backend-red");
    assertThat(account.calls(UPDATE)).isZero();
  }

  @Test
  void aRevisionThatIsNotThereIsPermanent() {
    String missing = site.backend().definition().replaceAll(":\\d+$", ":99");
    assertThatThrownBy(() -> update(new ServiceState("backend-green", missing, 2)))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("Unable to describe task definition");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ThrottlingException", "RequestLimitExceeded"})
  void oneTryThatFailsIsHiddenByTheSdk(String code) {
    account.refuse(UPDATE, 1, code);

    scale("backend-green", 1);

    assertThat(account.calls(UPDATE)).isEqualTo(2);
  }

  @Test
  void throttlingThatDoesNotEndMayPass() {
    account.refuse(UPDATE, 100, "ThrottlingException");

    assertThatThrownBy(() -> scale("backend-green", 1))
        .isInstanceOf(TransientFailure.class)
        .hasMessageContaining("ThrottlingException");
    assertThat(services.find("site", List.of("backend-green")).get("backend-green").desired())
        .isZero();
  }

  private void scale(String name, int tasks) {
    ServiceState shown = shown(name);
    services.update("site", shown, new ServiceState(name, shown.taskDefinition(), tasks));
  }

  private void update(ServiceState wanted) {
    services.update("site", shown(wanted.service()), wanted);
  }

  private ServiceState shown(String name) {
    return services.get("site", List.of(name)).get(name).state();
  }

  private String revision() {
    ContainerDefinition app =
        ContainerDefinition.builder().name("app").image("registry.example/backend:2").build();
    return account
        .aws()
        .ecs()
        .registerTaskDefinition(
            r -> r.family("backend").networkMode("awsvpc").containerDefinitions(app))
        .taskDefinition()
        .taskDefinitionArn();
  }

  /** The local ECS knows no reason but MISSING. */
  private static EcsClient answering(Failure failure) {
    return new EcsClient() {
      @Override
      public DescribeServicesResponse describeServices(DescribeServicesRequest request) {
        return DescribeServicesResponse.builder().failures(failure).build();
      }

      @Override
      public String serviceName() {
        return "ecs";
      }

      @Override
      public void close() {}
    };
  }
}
