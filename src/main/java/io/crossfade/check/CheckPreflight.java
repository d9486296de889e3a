package io.crossfade.check;

import io.crossfade.release.Release;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Tells before anything is changed whether a test rule takes what a release's checks send. */
@ApplicationScoped
public class CheckPreflight {
  private final TestEndpoints endpoints;

  public CheckPreflight(TestEndpoints endpoints) {
    this.endpoints = endpoints;
  }

  /** What it does not take, in sentences; the rule is read only if a check needs it. */
  public List<String> problems(Release release) {
    if (release.testRuleArn() == null
        || release.checks().stream().allMatch(check -> check.task() != null)) {
      return List.of();
    }
    try {
      TestEndpoint endpoint = endpoints.withoutServer(release.testRuleArn());
      return release.checks().stream()
          .filter(check -> check.http() != null)
          .flatMap(
              check ->
                  endpoint
                      .problem(check.http())
                      .map(problem -> "%s: %s".formatted(check.title(), problem))
                      .stream())
          .toList();
    } catch (IllegalArgumentException unmet) {
      return List.of(
          unmet.getMessage() + "; let it ask for values of a header, host, path or method");
    }
  }
}
