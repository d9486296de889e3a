package io.crossfade.permissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.crossfade.localaws.Stack;
import io.crossfade.localaws.iam.PermissionUse;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No action can be taken out of a policy, or put into one, without being found by its name. */
class PermissionsMutationTest {
  private static final Policies POLICIES = Policies.of(Stack.template("site"));
  private static final Collection<PermissionUse> USES = UsedRecord.read().uses();
  private static final Argued ARGUED = Argued.read();
  private static final List<String> KNOWN = Findings.of(POLICIES, USES, ARGUED);

  /** Whoever renews the record must get as far as the stories. */
  @BeforeEach
  void theRecordIsNotBeingRenewed() {
    assumeFalse(UsedRecord.RENEWING, "the record is being renewed");
  }

  static Stream<Arguments> actions() {
    return POLICIES.permissions().stream()
        .map(p -> Arguments.of(p.function(), p.statement(), p.action()))
        .distinct();
  }

  @ParameterizedTest(name = "{0} {1} without {2}")
  @MethodSource("actions")
  void anActionThatIsTakenOutIsMissed(String function, String statement, String action) {
    assertThat(news(POLICIES.without(function, statement, action)))
        .isNotEmpty()
        .containsExactlyElementsOf(missed(function, statement, action));
  }

  /** Findings that the template as it stands does not have. */
  private static List<String> news(Policies policies) {
    return Findings.of(policies, USES, ARGUED).stream().filter(f -> !KNOWN.contains(f)).toList();
  }

  /** By the function, the action and each resource; an argued one by its argument. */
  private static Collection<String> missed(String function, String statement, String action) {
    Collection<String> missed = new TreeSet<>();
    for (PermissionUse use : USES) {
      POLICIES
          .allowing(use)
          .filter(p -> p.function().equals(function) && p.statement().equals(statement))
          .filter(p -> p.action().equals(action))
          .ifPresent(
              p ->
                  missed.add(
                      "%s needs %s on %s, and no statement of its policy allows it"
                          .formatted(function, action, use.needed().resource())));
    }
    ARGUED.unused().stream()
        .filter(each -> each.toString().equals("%s %s %s".formatted(function, statement, action)))
        .forEach(each -> missed.add(each + " is argued for, and the template does not allow it"));
    return missed;
  }

  static Collection<String> functions() {
    return POLICIES.byFunction().keySet();
  }

  @ParameterizedTest(name = "{0} with ecs:DeleteService")
  @MethodSource("functions")
  void anActionThatIsPutInIsNoticed(String function) {
    Policies more = POLICIES.with(function, "ecs:DeleteService");
    assertThat(news(more))
        .containsExactly(
            function + " Added ecs:DeleteService on * is allowed, and no story used it");
    assertThat(Breadth.findings(more, ARGUED))
        .contains(function + " Added ecs:DeleteService on * could be allowed on less");
  }

  @Test
  void anArgumentThatIsNotNeededIsNoticed() {
    Argued stale =
        new Argued(
            List.of(
                new Argued.Unused("PlanFunction", "ReadFleet", "ecs:DescribeServices", "It is."),
                new Argued.Unused("PlanFunction", "ReadFleet", "ecs:StopTask", "It was.")),
            List.of(new Argued.EveryResource("s3:GetObject", "It was.")));
    assertThat(Findings.of(POLICIES, USES, stale))
        .contains(
            "PlanFunction ReadFleet ecs:DescribeServices is argued for, and a story used it",
            "PlanFunction ReadFleet ecs:StopTask is argued for, and the template does not allow it");
    assertThat(Breadth.findings(POLICIES, stale))
        .contains("s3:GetObject is argued for, and nobody has it on *");
  }

  @Test
  void anArgumentIsNoFinding() {
    Policies more = POLICIES.with("PlanFunction", "ecs:DeleteService");
    Argued.Unused unused =
        new Argued.Unused("PlanFunction", "Added", "ecs:DeleteService", "For a reason.");
    Argued argued = new Argued(List.of(unused), List.of());
    assertThat(Findings.of(more, USES, argued))
        .isEqualTo(Findings.of(POLICIES, USES, Argued.NOTHING));
  }
}
