package io.crossfade.localaws.ecs;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The registry that images are pulled from. */
public final class ContainerRegistry {
  private final Map<String, ContainerImage> images = new ConcurrentHashMap<>();
  private volatile Function<String, Optional<ContainerImage>> fallback = uri -> Optional.empty();

  public ContainerRegistry register(String imageUri, ContainerImage image) {
    images.put(imageUri, image);
    return this;
  }

  /** Asked for every image that was not registered by name. */
  public ContainerRegistry fallback(Function<String, Optional<ContainerImage>> images) {
    fallback = images;
    return this;
  }

  Optional<ContainerImage> pull(String imageUri) {
    ContainerImage image = images.get(imageUri);
    return image == null ? fallback.apply(imageUri) : Optional.of(image);
  }
}
