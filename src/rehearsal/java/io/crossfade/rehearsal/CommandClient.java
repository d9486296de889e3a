package io.crossfade.rehearsal;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.localaws.iam.IamUser;
import io.crossfade.localaws.sdk.Arns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** A person at a terminal who gives commands, each in a request signed with their own key. */
public final class CommandClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final URI url;
  private final IamUser user;

  /** What became of a command. */
  public record Answer(int status, String message) {}

  public CommandClient(URI url, IamUser user) {
    this.url = url;
    this.user = user;
  }

  /** A command for a release that is under way. */
  public Answer give(String command, String deployment, String why) {
    return send(Map.of("command", command, "deployment", deployment, "why", why));
  }

  /**
   * @param weight the new version's share of the traffic, in percent, as this person sees it
   */
  public Answer promote(String deployment, int weight, String why) {
    return send(
        Map.of("command", "promote", "deployment", deployment, "weight", weight, "why", why));
  }

  public Answer send(Map<String, ?> fields) {
    try {
      String body = JSON.writeValueAsString(fields);
      HttpResponse<String> answer =
          HTTP.send(
              signed(body).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
      return new Answer(answer.statusCode(), JSON.readTree(answer.body()).path("message").asText());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest.Builder signed(String body) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(url)
            .putHeader("Content-Type", "application/json")
            .build();
    AwsCredentialsIdentity key =
        AwsCredentialsIdentity.create(user.accessKeyId(), user.secretAccessKey());
    SdkHttpRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                r ->
                    r.identity(key)
                        .request(request)
                        .payload(ContentStreamProvider.fromUtf8String(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "execute-api")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, Arns.REGION))
            .request();
    HttpRequest.Builder http = HttpRequest.newBuilder(url);
    signed.forEachHeader(
        (name, values) -> {
          // The client writes the very one that was signed.
          if (!name.equalsIgnoreCase("Host")) {
            values.forEach(value -> http.header(name, value));
          }
        });
    return http;
  }
}
