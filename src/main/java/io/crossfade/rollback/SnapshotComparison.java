package io.crossfade.rollback;

import io.crossfade.fleet.Service;
import io.crossfade.release.ScalingState;
import io.crossfade.release.ServiceState;
import io.crossfade.release.Snapshot;
import io.crossfade.rollback.Difference.Part;
import io.crossfade.traffic.ListenerRule;
import io.crossfade.traffic.ListenerRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compares what is there with the snapshot. */
public final class SnapshotComparison {
  private SnapshotComparison() {}

  /** Everything that is not as the snapshot has it. */
  public static List<Difference> differences(Snapshot was, CurrentState is) {
    List<Difference> found = new ArrayList<>();
    if (!ListenerRules.same(was.actions(), is.rule().actions())) {
      found.add(rule(Part.TRAFFIC, "the rule", was.actions(), is.rule()));
    }
    if (!was.testActions().isEmpty()) {
      compareTestRule(was, is, found);
    }
    found.addAll(stableDifferences(was, is));
    compareService(was.canary(), is, was.canary().desiredCount(), found);
    was.scaling().forEach(state -> compareScaling(state, is, found));
    return List.copyOf(found);
  }

  private static void compareTestRule(Snapshot was, CurrentState is, List<Difference> found) {
    if (is.testRule() == null) {
      String before = ListenerRules.describe(was.testActions());
      found.add(new Difference(Part.LOST, "the test rule", before, "gone or cannot be read"));
    } else if (!ListenerRules.same(was.testActions(), is.testRule().actions())) {
      found.add(rule(Part.TEST_TRAFFIC, "the test rule", was.testActions(), is.testRule()));
    }
  }

  private static Difference rule(
      Part part, String what, List<Map<String, Object>> was, ListenerRule is) {
    String before = ListenerRules.describe(was);
    String now = ListenerRules.describe(is.actions());
    return new Difference(
        part, what, before, before.equals(now) ? "that with other settings" : now);
  }

  /** What is not as it was of the stable service alone. */
  static List<Difference> stableDifferences(Snapshot was, CurrentState is) {
    List<Difference> found = new ArrayList<>();
    compareService(was.stable(), is, was.mostStableTasks(), found);
    return found;
  }

  /**
   * The stable service may have grown in the meantime: it is the one that carries the visitors, so
   * more tasks than before are left to its autoscaler, fewer are not. More than its maximum are not
   * left either: the autoscaler would cut them after the restore.
   *
   * @param most how many tasks it may have
   */
  private static void compareService(
      ServiceState was, CurrentState is, int most, List<Difference> found) {
    Service service = is.services().get(was.service());
    if (service == null) {
      found.add(new Difference(Part.SERVICE, was.service(), "there", "unknown to ECS"));
      return;
    }
    if (!service.taskDefinition().equals(was.taskDefinition())) {
      found.add(
          new Difference(
              Part.SERVICE,
              was.service() + "'s task definition",
              was.taskDefinition(),
              service.taskDefinition()));
    }
    if (service.desired() < was.desiredCount() || service.desired() > most) {
      found.add(
          new Difference(
              Part.SERVICE,
              was.service() + "'s desired count",
              String.valueOf(was.desiredCount()),
              String.valueOf(service.desired())));
    }
  }

  private static void compareScaling(ScalingState was, CurrentState is, List<Difference> found) {
    boolean same = is.scaling().contains(was);
    if (!same) {
      String now =
          is.scaling().stream()
              .filter(state -> state.service().equals(was.service()))
              .map(ScalingState::sentence)
              .findFirst()
              .orElse("nothing");
      found.add(new Difference(Part.SCALING, was.service() + "'s scaling", was.sentence(), now));
    }
  }
}
