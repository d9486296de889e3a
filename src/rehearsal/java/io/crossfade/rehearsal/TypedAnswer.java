package io.crossfade.rehearsal;

import io.crossfade.approval.ApprovalChoice;
import java.util.Locale;
import java.util.Optional;

/** What a line that a person typed says about the release. */
final class TypedAnswer {
  private TypedAnswer() {}

  /** Empty unless the whole line is one of the four answers: "please reject" approves nothing. */
  static Optional<ApprovalChoice> of(String line) {
    return switch (line.strip().toLowerCase(Locale.ROOT)) {
      case "a", "approve" -> Optional.of(ApprovalChoice.APPROVED);
      case "r", "reject" -> Optional.of(ApprovalChoice.REJECTED);
      default -> Optional.empty();
    };
  }
}
