package io.crossfade.plan;

import static java.util.stream.Collectors.joining;

import io.crossfade.fleet.Service;
import io.crossfade.release.Colour;
import io.crossfade.release.DeploymentTarget;
import io.crossfade.release.Release;
import io.crossfade.release.Side;
import io.crossfade.traffic.ForwardAction;
import io.crossfade.traffic.ListenerRule;
import io.crossfade.traffic.WeightedGroup;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Decides who is stable and who is canary. Only the rule's weights tell, never desired counts. */
public final class RoleResolver {
  /** What came of it. */
  public sealed interface Result {}

  /** Both roles are known. */
  public record Resolved(DeploymentTarget target) implements Result {}

  /** They are not, for at least one reason. */
  public record Unresolved(List<String> problems) implements Result {}

  private final List<String> problems = new ArrayList<>();
  private final Map<Colour, Service> services = new EnumMap<>(Colour.class);
  private final Release release;

  private RoleResolver(Release release) {
    this.release = release;
  }

  public static Result resolve(Release release, ListenerRule rule, Map<String, Service> found) {
    RoleResolver roles = new RoleResolver(release);
    roles.collect(found);
    DeploymentTarget target = roles.problems.isEmpty() ? roles.decide(rule) : null;
    return target == null ? new Unresolved(List.copyOf(roles.problems)) : new Resolved(target);
  }

  private void collect(Map<String, Service> found) {
    for (Colour colour : Colour.values()) {
      String name = colour.serviceOf(release.baseServiceName());
      Service service = found.get(name);
      if (service == null) {
        problems.add("cluster %s has no service %s".formatted(release.cluster(), name));
      } else {
        services.put(colour, service);
      }
    }
  }

  private DeploymentTarget decide(ListenerRule rule) {
    ForwardAction forward = rule.forward().orElse(null);
    if (forward == null) {
      problems.add("the rule does not forward: it redirects or answers by itself");
      return null;
    }
    List<WeightedGroup> receiving = forward.receiving();
    if (receiving.isEmpty()) {
      problems.add("the rule gives no target group any traffic: " + forward.sentence());
      return null;
    }
    if (receiving.size() > 1) {
      problems.add(
          "the rule divides its traffic already (%s): an earlier release is half done, put it back first"
              .formatted(forward.sentence()));
      return null;
    }
    String busy = receiving.get(0).targetGroupArn();
    for (Colour colour : Colour.values()) {
      if (reaches(services.get(colour), busy)) {
        return target(forward, colour, busy);
      }
    }
    problems.add(
        "the rule's traffic goes to %s, which belongs to neither %s nor %s"
            .formatted(
                Side.dimensionOf(busy),
                services.get(Colour.BLUE).name(),
                services.get(Colour.GREEN).name()));
    return null;
  }

  private static boolean reaches(Service service, String targetGroupArn) {
    return service.endpoints().stream().anyMatch(e -> e.targetGroupArn().equals(targetGroupArn));
  }

  private DeploymentTarget target(ForwardAction forward, Colour stable, String busy) {
    Service canary = services.get(stable.other());
    String free = canaryGroup(forward, canary, busy);
    return free == null
        ? null
        : new DeploymentTarget(
            release.cluster(),
            new Side(stable, services.get(stable).name(), busy),
            new Side(stable.other(), canary.name(), free));
  }

  /** The group of the canary service that the rule names already; else the only one it has. */
  private String canaryGroup(ForwardAction forward, Service canary, String busy) {
    List<String> own =
        canary.endpoints().stream()
            .map(Service.Endpoint::targetGroupArn)
            .filter(arn -> !arn.equals(busy))
            .distinct()
            .toList();
    List<String> named = own.stream().filter(forward::names).toList();
    List<String> candidates = named.isEmpty() ? own : named;
    if (candidates.size() == 1) {
      return candidates.get(0);
    }
    problems.add(
        "%s needs exactly one target group of its own for this rule, it has %d%s"
            .formatted(
                canary.name(),
                candidates.size(),
                candidates.stream().map(Side::dimensionOf).map(" "::concat).collect(joining())));
    return null;
  }
}
