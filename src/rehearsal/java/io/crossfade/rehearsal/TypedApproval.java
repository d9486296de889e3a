package io.crossfade.rehearsal;

import io.crossfade.approval.ApprovalChoice;
import java.util.Optional;

/** Asks whoever sits at the terminal until there is an answer. */
final class TypedApproval {
  private final TypedLines lines;
  private final ProgressPrinter printer;

  TypedApproval(TypedLines lines, ProgressPrinter printer) {
    this.lines = lines;
    this.printer = printer;
  }

  /**
   * Empty when the input ends without an answer.
   *
   * @param elsewhere where the question can be answered, too
   * @throws InterruptedException if the question has been answered there
   */
  Optional<ApprovalChoice> ask(String elsewhere) throws InterruptedException {
    lines.drop();
    printer.say("Type approve or reject (or a or r) and Enter, or click at " + elsewhere);
    printer.typing(true);
    try {
      for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
        Optional<ApprovalChoice> choice = TypedAnswer.of(line.get());
        if (choice.isPresent()) {
          return choice;
        }
        printer.say(
            "\"%s\" is no answer. Type approve or reject (or a or r) and Enter."
                .formatted(line.get().strip()));
      }
      printer.say("Nobody can type here: the input has ended. Click at " + elsewhere);
      return Optional.empty();
    } finally {
      printer.typing(false);
    }
  }
}
