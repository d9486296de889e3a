package io.crossfade.slack;

import io.quarkus.rest.client.reactive.Url;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Incoming webhooks and the addresses at which clicks are answered. */
@RegisterRestClient(configKey = "slack-hooks")
public interface RestSlackHooks {
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  Response send(@Url String url, Map<String, Object> body);
}
