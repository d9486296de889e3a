package io.crossfade.rehearsal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.approval.ApprovalChoice;
import io.crossfade.localaws.sdk.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody types at a terminal while a question is open, before it, or not at all. */
class TypedApprovalTest {
  private static final Terminal NONE = new Terminal(false, false, true, 80);

  private final PipedOutputStream keyboard = new PipedOutputStream();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private TypedApproval approval;

  @BeforeEach
  void open() throws IOException {
    approval =
        new TypedApproval(
            new TypedLines(new PipedInputStream(keyboard), NONE),
            new ProgressPrinter(new PrintStream(printed, true, UTF_8), NONE));
  }

  @Test
  void whatIsNoAnswerIsAskedAgain() throws IOException {
    var answer = ask();
    type("please reject\n");
    awaitPrinted("\"please reject\" is no answer");
    type("reject\n");
    assertThat(answer.join()).contains(ApprovalChoice.REJECTED);
  }

  @Test
  void whatWasTypedBeforeTheQuestionIsDropped() throws IOException {
    type("a\n");
    var answer = ask();
    type("r\n");
    assertThat(answer.join()).contains(ApprovalChoice.REJECTED);
  }

  @Test
  void whatWasTypedBetweenTwoQuestionsIsDropped() throws IOException, InterruptedException {
    PipedOutputStream keys = new PipedOutputStream();
    TypedLines lines = new TypedLines(new PipedInputStream(keys), NONE);
    lines.drop();
    keys.write("first\nsecond\n".getBytes(UTF_8));
    assertThat(lines.next()).contains("first");
    Await.until("the second line is read", () -> lines.waiting() == 1);
    lines.drop();
    keys.write("third\n".getBytes(UTF_8));
    assertThat(lines.next()).contains("third");
  }

  @Test
  void lineWithoutItsEndIsNoAnswer() throws IOException {
    var answer = ask();
    type("approve");
    keyboard.close();
    assertThat(answer.join()).isEmpty();
    awaitPrinted("the input has ended. Click at http://slack");
  }

  private CompletableFuture<Optional<ApprovalChoice>> ask() {
    var answer =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return approval.ask("http://slack");
              } catch (InterruptedException stopped) {
                throw new CompletionException(stopped);
              }
            });
    awaitPrinted("Type approve or reject (or a or r) and Enter, or click at http://slack");
    return answer;
  }

  private void type(String keys) throws IOException {
    keyboard.write(keys.getBytes(UTF_8));
    keyboard.flush();
  }

  private void awaitPrinted(String text) {
    Await.until(text, () -> printed.toString(UTF_8).contains(text));
  }
}
