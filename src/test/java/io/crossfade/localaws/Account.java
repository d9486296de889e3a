package io.crossfade.localaws;

import io.crossfade.localaws.ecs.RunningContainer;
import io.crossfade.localaws.elb.HttpTarget;
import io.crossfade.localaws.faults.ErrorInjector;
import io.crossfade.localaws.wire.AnswerEditor;
import io.crossfade.localaws.wire.Call;
import io.crossfade.localaws.wire.CallInterceptor;
import io.crossfade.localaws.wire.Gateway;
import io.crossfade.localaws.wire.SdkClients;
import io.crossfade.story.ExchangeRecorder;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;

/**
 * An account for one test: a local AWS at an endpoint of its own, real clients of the SDK, and a
 * record of what they sent. Every image that a task asks for runs and is healthy.
 */
public final class Account implements AutoCloseable {
  private static final double SPEED = 100;

  private final Gateway gateway = new Gateway();
  private final LocalAws aws;
  private final List<Call> calls = new CopyOnWriteArrayList<>();

  public Account() {
    this(SPEED);
  }

  /**
   * @param speed world seconds per real second
   */
  public Account(double speed) {
    aws = new LocalAws(gateway, speed);
    runEveryImage(aws);
    ExchangeRecorder.watch(gateway);
    gateway.intercept(
        new CallInterceptor() {
          @Override
          public void before(Call call) {
            calls.add(call);
          }
        });
  }

  /** Makes every image a server that answers with its own URI. */
  public static void runEveryImage(LocalAws aws) {
    aws.images().fallback(uri -> Optional.of(start -> container(new HttpTarget(uri))));
  }

  public static RunningContainer container(HttpTarget target) {
    return new RunningContainer() {
      @Override
      public int port() {
        return target.port();
      }

      @Override
      public boolean running() {
        return target.open();
      }

      @Override
      public void stop() {
        target.stop();
      }

      @Override
      public void close() {
        target.close();
      }
    };
  }

  public LocalAws aws() {
    return aws;
  }

  public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
    return SdkClients.at(gateway.endpoint(), "key", builder);
  }

  /** What was sent to an operation, such as {@code ecs:UpdateService}, in order. */
  public <R> List<R> sent(String name, Class<R> request) {
    return calls.stream()
        .filter(call -> call.name().equals(name))
        .map(call -> request.cast(call.request()))
        .toList();
  }

  /** How often an operation was called, tries that failed included. */
  public long calls(String name) {
    return gateway.callCounts().getOrDefault(name, 0L);
  }

  /** Answers the next calls of an operation with an error instead of carrying them out. */
  public void refuse(String name, int times, String code) {
    refuse(name, times, code, 400);
  }

  /** The same with an HTTP status of its own. */
  public void refuse(String name, int times, String code, int status) {
    gateway.intercept(new ErrorInjector(name, times, code, status));
  }

  /** Edits the text of all further answers of an operation. */
  public void edit(String name, UnaryOperator<String> change) {
    gateway.intercept(new AnswerEditor(name, change));
  }

  @Override
  public void close() {
    aws.close();
    gateway.close();
  }
}
