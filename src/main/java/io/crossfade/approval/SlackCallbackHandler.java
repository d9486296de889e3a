package io.crossfade.approval;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.slack.Messenger;
import io.crossfade.slack.Secrets;
import io.crossfade.slack.Signature;
import io.crossfade.slack.SlackConfig;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The door for clicks. Whoever is not Slack, or says what Slack does not say, gets a status and
 * nothing else; for everybody else the answer is 200, and what there is to say is said in Slack.
 */
@Named("slack-callback")
public class SlackCallbackHandler implements RequestHandler<HttpRequest, HttpAnswer> {
  private static final Logger LOG = Logger.getLogger(SlackCallbackHandler.class);

  private final Secrets secrets;
  private final SlackConfig config;
  private final ObjectMapper json;
  private final Desk desk;
  private final Clock clock;

  @Inject
  public SlackCallbackHandler(
      Secrets secrets,
      Approvals approvals,
      Tasks tasks,
      Messenger messenger,
      SlackConfig config,
      ObjectMapper json) {
    this(secrets, approvals, tasks, messenger, config, json, Clock.systemUTC());
  }

  SlackCallbackHandler(
      Secrets secrets,
      Approvals approvals,
      Tasks tasks,
      Messenger messenger,
      SlackConfig config,
      ObjectMapper json,
      Clock clock) {
    this.secrets = secrets;
    this.config = config;
    this.json = json;
    this.clock = clock;
    Approvers approvers = Approvers.from(config.approvers().orElse(""), config.authorMayApprove());
    this.desk = new Desk(approvals, tasks, messenger, approvers, LOG::info);
  }

  @Override
  public HttpAnswer handleRequest(HttpRequest request, Context context) {
    Deadline deadline = new Deadline(System::nanoTime);
    if (Form.oversized(request)) {
      return HttpAnswer.TOO_LARGE;
    }
    Optional<byte[]> body = Form.bytes(request);
    if (body.isEmpty()) {
      return HttpAnswer.MALFORMED;
    }
    return signed(request, body.get())
        ? open(request, body.get(), deadline)
        : HttpAnswer.UNAUTHORIZED;
  }

  private boolean signed(HttpRequest request, byte[] body) {
    Optional<Signature> signature = Signature.in(request.headers());
    if (signature.isEmpty() || !signature.get().fresh(clock.instant())) {
      return false;
    }
    try {
      return signature.get().matches(secrets.current().signingSecret(), body)
          || signature.get().matches(secrets.renewed().signingSecret(), body);
    } catch (RuntimeException unreadable) {
      LOG.error("the signing secret cannot be read: " + unreadable.getMessage());
      return false;
    }
  }

  private HttpAnswer open(HttpRequest request, byte[] body, Deadline deadline) {
    Optional<Click.Read> read = Form.payload(body).flatMap(this::object).map(Click::from);
    if (read.isEmpty() || read.get().kind() == Click.Kind.MALFORMED) {
      return HttpAnswer.MALFORMED;
    }
    if (read.get().kind() == Click.Kind.OTHER) {
      return HttpAnswer.OK;
    }
    Click click = read.get().click();
    if (!ours(click)) {
      return HttpAnswer.UNAUTHORIZED;
    }
    Instant now = request.receivedAt().orElseGet(clock::instant);
    desk.take(click, now, deadline);
    return HttpAnswer.OK;
  }

  /** A setting that is missing matches nothing. */
  private boolean ours(Click click) {
    return config.teamId().equals(Optional.of(click.teamId()))
        && config.appId().equals(Optional.of(click.appId()));
  }

  private Optional<Map<?, ?>> object(String text) {
    try {
      return json.readValue(text, Object.class) instanceof Map<?, ?> object
          ? Optional.of(object)
          : Optional.empty();
    } catch (JsonProcessingException notJson) {
      return Optional.empty();
    }
  }
}
