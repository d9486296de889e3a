package io.crossfade.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.crossfade.localaws.Stack;
import io.crossfade.permissions.Argued;
import io.crossfade.permissions.Findings;
import io.crossfade.permissions.PermissionsDoc;
import io.crossfade.permissions.Policies;
import io.crossfade.permissions.UsedRecord;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Comes last and looks at what all stories together used of the functions' policies.
 *
 * <p>After some of the stories it judges nothing: what the others use would seem unused, and a
 * record of less would be wrong. It does not look into a file for what an earlier run used, either:
 * that run may have been of other code. So it takes part where every story was told, in this very
 * process, and is skipped by name of what is missing everywhere else.
 */
class WholeRunPermissionsStory {
  private final UsedRecord used = UsedRecord.of(StoryStack.USES);

  @BeforeEach
  void everyStoryWasTold() {
    Set<String> untold = RunStories.untold();
    assumeTrue(untold.isEmpty(), () -> "not judged, for these stories did not run: " + untold);
  }

  @Test
  void everyPermissionIsUsedOrArguedFor() {
    Policies policies = Policies.of(Stack.template("site"));
    assertThat(Findings.of(policies, StoryStack.USES, Argued.read())).isEmpty();
  }

  @Test
  void theRecordIsOfWhatWasUsed() {
    if (UsedRecord.RENEWING) {
      used.write();
      PermissionsDoc.write();
    }
    assertThat(used.uses())
        .as("the record is out of date; `%s` renews it", UsedRecord.RENEW)
        .containsExactlyElementsOf(UsedRecord.read().uses());
  }
}
