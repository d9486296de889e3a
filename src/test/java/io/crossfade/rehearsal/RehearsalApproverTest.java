package io.crossfade.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.approval.ApprovalChoice;
import io.crossfade.localaws.slack.ClickResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RehearsalApproverTest {
  @Test
  void clickThatSlackIsToldOfTooLateCounts() {
    ClickResponse late = new ClickResponse(0, "", Duration.ofSeconds(3), "operation_timeout");
    assertThat(RehearsalApprover.told("ann", ApprovalChoice.APPROVED, late))
        .isEqualTo(
            "ann clicked: approved. Slack shows the error operation_timeout, because the answer"
                + " came after three seconds. The click counts.");
  }

  @Test
  void clickThatTheAppRefusedDoesNot() {
    ClickResponse refused =
        new ClickResponse(
            500, "", Duration.ofMillis(20), "This app responded with Status Code 500");
    assertThat(RehearsalApprover.told("ben", ApprovalChoice.REJECTED, refused))
        .isEqualTo(
            "ben clicked: rejected. Slack shows the error This app responded with Status Code 500");
  }
}
