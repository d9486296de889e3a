package io.crossfade.slack;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Slack's Web API. Slack asks for the charset. */
@RegisterRestClient(configKey = "slack")
@Path("/")
public interface RestSlackApi {
  @POST
  @Path("{method}")
  @Consumes("application/json; charset=utf-8")
  @Produces(MediaType.APPLICATION_JSON)
  Response call(
      @PathParam("method") String method,
      @HeaderParam("Authorization") String bearer,
      Map<String, Object> body);
}
