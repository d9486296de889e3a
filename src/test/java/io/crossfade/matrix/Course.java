package io.crossfade.matrix;

import io.crossfade.approval.Choice;

/** Which way a release takes while nothing goes wrong. */
enum Course {
  /** RELEASE means that the question at 100 % is approved. */
  RELEASE(Choice.APPROVED),
  /** ROLLBACK means that it is rejected, so everything is put back from the last step. */
  ROLLBACK(Choice.REJECTED),
  /** RESTORE means that the execution is stopped at 50 % and another one takes it up. */
  RESTORE(null);

  final Choice answer;

  Course(Choice answer) {
    this.answer = answer;
  }
}
