package io.crossfade.aws;

import io.quarkus.runtime.ImageMode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.jboss.logging.Logger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;

/**
 * Loads while a function starts what its first call would have to wait for. Lambda gives a start
 * more of a processor than a call, and most starts are the schedule's. It is the JVM that loads
 * classes; a native executable has them.
 */
public final class Priming {
  private static final Logger LOG = Logger.getLogger(Priming.class);

  private Priming() {}

  /** Whether there is anything to load. */
  public static boolean helps() {
    return ImageMode.current() == ImageMode.JVM;
  }

  /** A step of a start. */
  @FunctionalInterface
  public interface Step {
    void run() throws IOException;
  }

  /** Does a step of a start, which goes on whatever fails: the first call does it then. */
  public static void attempt(String what, Step step) {
    try {
      step.run();
    } catch (IOException | RuntimeException failed) {
      LOG.warn("the start could not %s: %s".formatted(what, failed.getMessage()));
    }
  }

  /** A client whose calls never leave the process, and all have that answer. */
  public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, byte[] answer) {
    return builder
        .region(Region.AWS_GLOBAL)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")))
        .httpClient(new Answering(answer))
        .build();
  }

  private record Answering(byte[] answer) implements SdkHttpClient {
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() {
          return HttpExecuteResponse.builder()
              .response(SdkHttpResponse.builder().statusCode(200).build())
              .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer)))
              .build();
        }

        @Override
        public void abort() {}
      };
    }

    @Override
    public void close() {}
  }
}
