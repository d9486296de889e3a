package io.crossfade.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.localaws.Account;
import io.crossfade.release.PermanentFailure;
import io.crossfade.release.TransientFailure;
import io.crossfade.release.Versioned;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

class StateBucketTest {
  record Note(String text) {}

  private static final Note FIRST = new Note("first");
  private static final Note SECOND = new Note("second");

  private final Account account = new Account();
  private final StateBucket state =
      new StateBucket(account.client(S3Client.builder()), new ObjectMapper(), "state");

  @BeforeEach
  void createBucket() {
    account.aws().s3().createBucket("state");
  }

  @AfterEach
  void close() {
    account.close();
  }

  private Note note() {
    return state.find("note", Note.class).map(Versioned::document).orElse(null);
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertThat(state.find("note", Note.class)).isEmpty();
  }

  @Test
  void aPutIsTheLastWord() {
    state.put("note", FIRST);
    state.put("note", SECOND);
    assertThat(note()).isEqualTo(SECOND);
  }

  @Test
  void isCreatedOnce() {
    assertThat(state.create("note", FIRST)).isTrue();
    assertThat(state.create("note", SECOND)).isFalse();
    assertThat(note()).isEqualTo(FIRST);
  }

  @Test
  void isReplacedOnlyAsItWasFound() {
    state.put("note", FIRST);
    String version = state.find("note", Note.class).orElseThrow().version();
    assertThat(state.replace("note", SECOND, version)).isPresent();
    assertThat(state.replace("note", FIRST, version)).isEmpty();
    assertThat(note()).isEqualTo(SECOND);
  }

  /** Nothing is written then, and nothing need be there: it says nothing about the condition. */
  @Test
  void aWriteThatAnotherCrossedIsTriedAgain() {
    account.refuse("s3:PutObject", 2, "ConditionalRequestConflict", 409);
    assertThat(state.create("note", FIRST)).isTrue();
    assertThat(note()).isEqualTo(FIRST);

    String version = state.find("note", Note.class).orElseThrow().version();
    account.refuse("s3:PutObject", 2, "ConditionalRequestConflict", 409);
    assertThat(state.replace("note", SECOND, version)).isPresent();
    assertThat(note()).isEqualTo(SECOND);
  }

  @Test
  void theConditionIsCheckedAnewThen() {
    state.put("note", FIRST);
    account.refuse("s3:PutObject", 1, "ConditionalRequestConflict", 409);
    assertThat(state.create("note", SECOND)).isFalse();
  }

  @Test
  void aWriteThatIsCrossedAgainAndAgainMayPass() {
    account.refuse("s3:PutObject", 100, "ConditionalRequestConflict", 409);
    assertThatThrownBy(() -> state.create("note", FIRST)).isInstanceOf(TransientFailure.class);
  }

  @Test
  void aBusyBucketMayPass() {
    account.refuse("s3:PutObject", 100, "SlowDown");
    assertThatThrownBy(() -> state.create("note", FIRST)).isInstanceOf(TransientFailure.class);
  }

  @Test
  void listsWhatBeginsSo() {
    state.put("notes/a", FIRST);
    state.put("notes/b", FIRST);
    state.put("other/c", FIRST);
    assertThat(state.keys("notes/")).containsExactly("notes/a", "notes/b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{\"text\":", "{\"secret\":\"token\"}", "\u0000"})
  void whatIsSomethingElseIsNamedAndNotQuoted(String stored) {
    account.aws().s3().put("state", "note", stored.getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(this::note)
        .isInstanceOf(PermanentFailure.class)
        .hasMessage("the stored note cannot be read")
        .hasNoCause();
  }
}
