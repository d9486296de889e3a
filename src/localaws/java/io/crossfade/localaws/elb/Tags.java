package io.crossfade.localaws.elb;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TagDescription;

/** Tags by the ARN of what they are on. */
final class Tags {
  private final Map<String, Map<String, String>> byArn = new ConcurrentHashMap<>();

  synchronized void add(String arn, Collection<Tag> tags) {
    Map<String, String> mine = byArn.computeIfAbsent(arn, unused -> new TreeMap<>());
    tags.forEach(tag -> mine.put(tag.key(), tag.value()));
  }

  synchronized TagDescription describe(String arn) {
    List<Tag> tags =
        byArn.getOrDefault(arn, Map.of()).entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
    return TagDescription.builder().resourceArn(arn).tags(tags).build();
  }
}
