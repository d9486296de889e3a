package io.crossfade.matrix;

import io.crossfade.localaws.Stack;
import io.crossfade.localaws.lambda.FunctionHost;
import io.crossfade.localaws.slack.LocalSlack;
import io.crossfade.localaws.states.FunctionError;
import io.crossfade.localaws.template.ResolvedTemplate;
import io.crossfade.localaws.wire.Gateway;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The packaged functions with the gateway and the Slack that they call. One account after another
 * is run with them; the functions stay warm in between.
 */
public final class Worker implements AutoCloseable {
  private static final Path FUNCTION_ZIP = Path.of("target", "function.zip");

  public final Gateway gateway = new Gateway();
  public final LocalSlack slack = new LocalSlack();
  public final Vertx vertx = Vertx.vertx();
  public final ResolvedTemplate template = Stack.template("site", FUNCTION_ZIP, parameters());
  public final FunctionHost host;
  final double speed;

  /** A story may skip the approval, which the template's default forbids. */
  private Map<String, String> parameters() {
    Map<String, String> parameters = slack.parameters(LocalSlack.ANN, LocalSlack.BEN);
    parameters.put("AllowSkippedApproval", "true");
    return parameters;
  }

  /**
   * @param work folder into which {@code target/function.zip} is unzipped
   */
  public Worker(Path work) {
    this(work, 60, Map.of());
  }

  /**
   * @param speed how many times as fast as life its accounts wait
   * @param more environment variables of functions that the template does not give them
   */
  Worker(Path work, double speed, Map<String, String> more) {
    this.speed = speed;
    Map<String, String> environment = new HashMap<>(more);
    environment.putAll(slack.environment());
    host = Stack.host(template, FUNCTION_ZIP, work, gateway.endpoint(), environment);
    try {
      host.warmUp();
    } catch (FunctionError unstartable) {
      throw new IllegalStateException("the functions do not start", unstartable);
    }
  }

  @Override
  public void close() {
    host.close();
    slack.close();
    gateway.close();
    vertx.close();
  }
}
