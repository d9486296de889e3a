package io.crossfade.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.localaws.Stack;
import io.crossfade.localaws.iam.PermissionUse;
import io.crossfade.permissions.Argued;
import io.crossfade.permissions.Findings;
import io.crossfade.permissions.PermissionsDoc;
import io.crossfade.permissions.Policies;
import io.crossfade.permissions.UsedRecord;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Looks at what all stories together used of the functions' policies, in a run of its own after
 * theirs.
 *
 * <p>After some of the stories it would judge wrongly: what the others use would seem unused, and a
 * record of less would be wrong. Maven leaves it out where somebody chose some tests; anywhere else
 * a story that is missing is an error. What an earlier run used is not looked at: that run may have
 * been of other code.
 */
class WholeRunPermissionsStory {
  private final Set<PermissionUse> uses = RunRecord.uses();
  private final UsedRecord used = UsedRecord.of(uses);

  @BeforeEach
  void everyStoryWasTold() {
    assertThat(RunRecord.untold()).as("stories that this run did not tell to a good end").isEmpty();
    assertThat(uses).isNotEmpty();
  }

  @Test
  void everyPermissionIsUsedOrArguedFor() {
    Policies policies = Policies.of(Stack.template("site"));
    assertThat(Findings.of(policies, uses, Argued.read())).isEmpty();
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
