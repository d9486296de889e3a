package io.crossfade.handlers;

import io.crossfade.localaws.wire.Gateway;
import io.crossfade.story.ExchangeRecorder;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** Opens the endpoint that the function under test calls, before the function starts. */
public final class AccountResource implements QuarkusTestResourceLifecycleManager {
  private Gateway gateway;

  @Override
  public Map<String, String> start() {
    gateway = new Gateway();
    ExchangeRecorder.watch(gateway);
    String endpoint = gateway.endpoint().toString();
    Map<String, String> identity =
        Map.of(
            "aws.endpointUrl", endpoint,
            "aws.region", "eu-central-1",
            "aws.accessKeyId", "key",
            "aws.secretAccessKey", "secret");
    identity.forEach(System::setProperty);
    Map<String, String> config = new HashMap<>(identity);
    config.put("quarkus.s3.endpoint-override", endpoint);
    config.put("quarkus.s3.path-style-access", "true");
    config.put("quarkus.s3.aws.region", "eu-central-1");
    config.put("quarkus.s3.aws.credentials.type", "static");
    config.put("quarkus.s3.aws.credentials.static-provider.access-key-id", "key");
    config.put("quarkus.s3.aws.credentials.static-provider.secret-access-key", "secret");
    return config;
  }

  @Override
  public void inject(Object test) {
    if (test instanceof HandlerTest handlerTest) {
      handlerTest.gateway = gateway;
    } else if (test instanceof ScheduleTest scheduleTest) {
      scheduleTest.gateway = gateway;
    }
  }

  @Override
  public void stop() {
    gateway.close();
  }
}
