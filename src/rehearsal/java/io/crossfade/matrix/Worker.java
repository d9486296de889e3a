package io.crossfade.matrix;

import io.crossfade.localaws.Stack;
import io.crossfade.localaws.lambda.FunctionHost;
import io.crossfade.localaws.slack.LocalSlack;
import io.crossfade.localaws.states.FunctionError;
import io.crossfade.localaws.template.ResolvedTemplate;
import io.crossfade.localaws.wire.Gateway;
import io.vertx.core.Vertx;
import java.nio.file.Path;

/** Runs one cell after another; its packaged functions stay warm in between. */
final class Worker implements AutoCloseable {
  final Gateway gateway = new Gateway();
  final LocalSlack slack = new LocalSlack();
  final Vertx vertx = Vertx.vertx();
  final ResolvedTemplate template =
      Stack.template("site", slack.parameters(LocalSlack.ANN, LocalSlack.BEN));
  final FunctionHost host;

  Worker(Path work) {
    host =
        Stack.host(
            template,
            Path.of("target", "function.zip"),
            work,
            gateway.endpoint(),
            slack.environment());
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
