package io.crossfade.matrix;

import io.crossfade.approval.ApprovalChoice;

/** Which way a release takes while nothing goes wrong. */
enum ReleasePath {
  /** RELEASE means that the question at 100 % is approved. */
  RELEASE(ApprovalChoice.APPROVED),
  /** ROLLBACK means that it is rejected, so everything is put back from the last step. */
  ROLLBACK(ApprovalChoice.REJECTED),
  /** RESTORE means that the execution is stopped at 50 % and another one takes it up. */
  RESTORE(null),
  /** REVERT means that a release has ended before, and is taken back. */
  REVERT(ApprovalChoice.APPROVED);

  final ApprovalChoice answer;

  ReleasePath(ApprovalChoice answer) {
    this.answer = answer;
  }
}
