package io.crossfade.permissions;

import io.crossfade.localaws.iam.AccessRequest;
import io.crossfade.localaws.iam.PermissionUse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Compares what policies allow with what was used of it. Each finding is a sentence. */
public final class Findings {
  private Findings() {}

  /** Sorted; empty if every use is allowed, and everything allowed is used or argued for. */
  public static List<String> of(Policies policies, Collection<PermissionUse> uses, Argued argued) {
    Set<String> findings = new TreeSet<>();
    Set<Permission> used = new HashSet<>();
    for (PermissionUse use : uses) {
      Optional<Permission> allowing = policies.allowing(use);
      allowing.ifPresent(used::add);
      if (allowing.isEmpty()) {
        findings.add(denied(use));
      }
    }
    policies.permissions().stream()
        .filter(permission -> !used.contains(permission))
        .filter(permission -> argued.unused().stream().noneMatch(a -> a.covers(permission)))
        .forEach(permission -> findings.add(unused(permission)));
    argued.unused().forEach(each -> findings.addAll(stale(each, policies, used)));
    return List.copyOf(findings);
  }

  static String denied(PermissionUse use) {
    AccessRequest needed = use.needed();
    return "%s needs %s on %s, and no statement of its policy allows it"
        .formatted(use.function(), needed.action(), needed.resource());
  }

  static String unused(Permission permission) {
    return permission + " is allowed, and no story used it";
  }

  private static List<String> stale(
      Argued.Unused argued, Policies policies, Collection<Permission> used) {
    List<Permission> covered = policies.permissions().stream().filter(argued::covers).toList();
    List<String> findings = new ArrayList<>();
    if (covered.isEmpty()) {
      findings.add(argued + " is argued for, and the template does not allow it");
    } else if (used.containsAll(covered)) {
      findings.add(argued + " is argued for, and a story used it");
    }
    return findings;
  }
}
