package io.crossfade.approval;

import io.crossfade.aws.Adapter;
import io.crossfade.aws.Priming;
import io.crossfade.slack.SlackSecrets;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * Does while the callback function starts what a click would have to wait for otherwise. Lambda
 * starts a function before it has a request for it only where it can, but a start has a processor
 * for itself, and is not repeated. What fails is done by the click.
 */
@Adapter
public class CallbackStart {
  /** No question has this nonce: nonces are hashes. */
  private static final String NONE = "none";

  private final Optional<String> handler;
  private final SlackSecrets secrets;
  private final ApprovalStore approvals;
  private final SfnClient stepFunctions;

  public CallbackStart(
      @ConfigProperty(name = "quarkus.lambda.handler") Optional<String> handler,
      SlackSecrets secrets,
      ApprovalStore approvals,
      SfnClient stepFunctions) {
    this.handler = handler;
    this.secrets = secrets;
    this.approvals = approvals;
    this.stepFunctions = stepFunctions;
  }

  void prepare(@Observes StartupEvent started) {
    if (handler.filter(SlackCallbackHandler.NAME::equals).isPresent()) {
      Priming.attempt("read the signing secret", secrets::current);
      Priming.attempt("open the state bucket", () -> approvals.find(NONE));
      Priming.attempt("open Step Functions", stepFunctions::serviceName);
    }
  }
}
