package io.crossfade.command;

import io.crossfade.aws.Adapter;
import io.crossfade.aws.StateBucket;
import io.crossfade.release.Versioned;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code freezes/stack.json} and {@code freezes/<rule>.json} in the state bucket. */
@Adapter
@RegisterForReflection(targets = Freeze.class)
public class S3FreezeStore implements FreezeStore {
  private final StateBucket state;

  public S3FreezeStore(StateBucket state) {
    this.state = state;
  }

  @Override
  public Optional<Freeze> find(String rule) {
    return state.find(key(rule), Freeze.class).map(Versioned::document);
  }

  @Override
  public List<Freeze> concerning(String rule) {
    return Stream.of(find(null), find(rule)).flatMap(Optional::stream).toList();
  }

  @Override
  public void put(Freeze freeze) {
    state.put(key(freeze.rule()), freeze);
  }

  /** A rule's ARN in characters that S3 takes as they are; no name in it has an underscore. */
  private static String key(String rule) {
    String name = rule == null ? "stack" : rule.replaceAll("[^A-Za-z0-9-]", "_");
    return "freezes/%s.json".formatted(name);
  }
}
