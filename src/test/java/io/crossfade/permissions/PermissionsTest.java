package io.crossfade.permissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.crossfade.localaws.Stack;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The template as it stands, held against what the stories used when it was last recorded. */
class PermissionsTest {
  private final Policies policies = Policies.of(Stack.template("site"));

  /** Whoever renews the record must get as far as the stories. */
  @BeforeEach
  void theRecordIsNotBeingRenewed() {
    assumeFalse(UsedRecord.RENEWING, "the record is being renewed");
  }

  @Test
  void everythingThatWasUsedIsAllowedAndNothingElse() {
    assertThat(Findings.of(policies, UsedRecord.read().uses(), Argued.read()))
        .as("if the policies are as they should be, `%s` renews the record", UsedRecord.RENEW)
        .isEmpty();
  }

  @Test
  void everyFunctionIsOnRecord() {
    assertThat(policies.byFunction()).isNotEmpty();
    assertThat(UsedRecord.read().uses())
        .extracting(use -> use.function())
        .containsAll(policies.byFunction().keySet());
  }

  @Test
  void nothingIsAllowedOnEverythingThatCouldBeAllowedOnLess() {
    assertThat(Breadth.findings(policies, Argued.read())).isEmpty();
  }

  @Test
  void everyActionIsNamedInFull() {
    assertThat(policies.permissions())
        .extracting(Permission::action)
        .isNotEmpty()
        .allMatch(action -> action.matches("[a-z0-9-]+:[A-Z][A-Za-z]+"));
  }

  @Test
  void everyStatementHasANameOfItsOwnThatSaysWhy() {
    assertThat(policies.byFunction())
        .isNotEmpty()
        .allSatisfy(
            (function, documents) ->
                assertThat(documents.findValuesAsText("Sid"))
                    .as(function)
                    .isNotEmpty()
                    .doesNotHaveDuplicates()
                    .hasSize(documents.findValues("Effect").size())
                    .allMatch(sid -> sid.matches("([A-Z][a-z]+){1,6}")));
  }
}
