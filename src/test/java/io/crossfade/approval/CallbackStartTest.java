package io.crossfade.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.release.TransientFailure;
import io.crossfade.release.Versioned;
import io.crossfade.slack.SlackSecret;
import io.crossfade.slack.SlackSecrets;
import io.quarkus.runtime.StartupEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sfn.SfnClient;

class CallbackStartTest {
  private final List<String> done = new ArrayList<>();
  private boolean broken;

  /** Every function is the same artifact; the others may not even read the secret. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          handler        | broken | done
          slack-callback | false  | secret, state bucket, Step Functions
          slack-callback | true   | state bucket, Step Functions
          plan           | false  | ''
                         | false  | ''
          """,
      useHeadersInDisplayName = true)
  void onlyTheCallbackPreparesAndItStartsWhateverFails(
      String handler, boolean isBroken, String expected) {
    broken = isBroken;
    new CallbackStart(Optional.ofNullable(handler), secrets(), approvals(), stepFunctions())
        .prepare(new StartupEvent());
    assertThat(String.join(", ", done)).isEqualTo(expected);
  }

  private SlackSecrets secrets() {
    return new SlackSecrets() {
      @Override
      public SlackSecret current() {
        if (broken) {
          throw new TransientFailure("secretsmanager answered InternalServiceError");
        }
        done.add("secret");
        return renewed();
      }

      @Override
      public SlackSecret renewed() {
        return new SlackSecret("s", "xoxb-1", null);
      }
    };
  }

  private ApprovalStore approvals() {
    return new FakeApprovalStore() {
      @Override
      public Optional<Versioned<PendingApproval>> find(String nonce) {
        done.add("state bucket");
        return super.find(nonce);
      }
    };
  }

  private SfnClient stepFunctions() {
    return new SfnClient() {
      @Override
      public String serviceName() {
        done.add("Step Functions");
        return SERVICE_NAME;
      }

      @Override
      public void close() {}
    };
  }
}
