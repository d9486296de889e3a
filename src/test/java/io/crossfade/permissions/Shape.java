package io.crossfade.permissions;

import io.crossfade.localaws.iam.AccessRequest;
import io.crossfade.localaws.iam.PermissionUse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Puts one name for all of a kind, so that a record is the same after every run. */
final class Shape {
  private static final Map<String, String> NAMES = new LinkedHashMap<>();

  static {
    NAMES.put("(:service/[^/]+/).+", "$1backend-green");
    NAMES.put("(:task-definition/)[^/:]+", "$1backend");
    NAMES.put(":task-definition/backend:[0-9]+", ":task-definition/backend:2");
    NAMES.put("(:task/[^/]+/)[0-9a-f]{32}", "$1" + "0".repeat(32));
    NAMES.put("(:lambda:.*:function:).+", "$1contract-check");
    NAMES.put("(:alarm:)[^*].*", "$1backend-green-5xx");
    NAMES.put("(:execution:[^:]+:).+", "$1story-1");
    NAMES.put("(/deployments/)[^/]+/", "$1story-1/");
    NAMES.put("(/locks/).+", "$1rule.json");
    NAMES.put("(/approvals/).+", "$1question.json");
    NAMES.put("(/freezes/).+", "$1rule.json");
    NAMES.put("(:::crossfade-artifacts-[^/]+/).+", "$1build/release");
    NAMES.put("/[0-9a-f]{16}(?=/|$)", "/0000000000000000");
  }

  private Shape() {}

  static PermissionUse of(PermissionUse use) {
    AccessRequest needed = use.needed();
    return new PermissionUse(
        use.function(),
        new AccessRequest(needed.action(), of(needed.resource()), new TreeMap<>(needed.context())));
  }

  static String of(String resource) {
    String named = resource;
    for (Map.Entry<String, String> name : NAMES.entrySet()) {
      named = named.replaceAll(name.getKey(), name.getValue());
    }
    return named;
  }
}
