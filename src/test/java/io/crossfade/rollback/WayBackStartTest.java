package io.crossfade.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.quarkus.runtime.StartupEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;

class WayBackStartTest {
  private final List<String> opened = new ArrayList<>();

  /** Every function is the same artifact; the others make no client that they do not use. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rollback      | s3, elasticloadbalancing, ecs
          begin-restore | s3, states
          guardian      | s3, states
          plan          | ''
                        | ''
          """)
  void onlyTheWayBackPrepares(String handler, String expected) {
    start(handler).prepare(new StartupEvent());
    assertThat(String.join(", ", opened)).isEqualTo(expected);
  }

  /** By clients that answer themselves: in a test there is nobody else to. */
  @Test
  void everyStepComesToItsEnd() throws Exception {
    WayBackStart start = start("rollback");
    start.documents();
    start.lock();
    start.rule();
    start.services();
    start.executions();
  }

  private WayBackStart start(String handler) {
    return new WayBackStart(
        Optional.ofNullable(handler),
        new ObjectMapper().registerModule(new JavaTimeModule()),
        new S3Client() {
          @Override
          public String serviceName() {
            opened.add("s3");
            return SERVICE_NAME;
          }

          @Override
          public void close() {}
        },
        new ElasticLoadBalancingV2Client() {
          @Override
          public String serviceName() {
            opened.add("elasticloadbalancing");
            return SERVICE_NAME;
          }

          @Override
          public void close() {}
        },
        new EcsClient() {
          @Override
          public String serviceName() {
            opened.add("ecs");
            return SERVICE_NAME;
          }

          @Override
          public void close() {}
        },
        new SfnClient() {
          @Override
          public String serviceName() {
            opened.add("states");
            return SERVICE_NAME;
          }

          @Override
          public void close() {}
        });
  }
}
