package io.crossfade.localaws.slack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;

/** The app's request URL, as Slack calls it. */
final class SlackApp {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private volatile URI url;

  void url(URI requestUrl) {
    url = requestUrl;
  }

  /** Gives up after three seconds of real time, as Slack does; the app may go on. */
  ClickResponse send(byte[] body, Map<String, String> headers) {
    if (url == null) {
      return ClickResponse.none(
          "This app is not configured to handle interactive responses", Duration.ZERO);
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(ClickResponse.TIMEOUT)
            .POST(BodyPublishers.ofByteArray(body));
    headers.forEach(request::setHeader);
    long started = System.nanoTime();
    try {
      HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
      return ClickResponse.of(response.statusCode(), response.body(), since(started));
    } catch (HttpTimeoutException e) {
      return ClickResponse.none("operation_timeout", since(started));
    } catch (IOException e) {
      return ClickResponse.none("dispatch_failed", since(started));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ClickResponse.none("interrupted", since(started));
    }
  }

  private static Duration since(long started) {
    return Duration.ofNanos(System.nanoTime() - started);
  }
}
