package io.crossfade.rollback;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.crossfade.release.Deployment;
import io.crossfade.release.Invocation;
import jakarta.inject.Named;

/** Reads everything again and compares it with the snapshot. */
@Named("check-restore")
public class CheckRestoreHandler implements RequestHandler<Invocation, Deployment> {
  private final Survey survey;

  public CheckRestoreHandler(Survey survey) {
    this.survey = survey;
  }

  @Override
  public Deployment handleRequest(Invocation in, Context context) {
    Deployment deployment = in.document();
    var differences = Restore.differences(deployment.snapshot(), survey.of(deployment));
    return deployment.with(Restore.decide(deployment, differences, in.now()));
  }
}
