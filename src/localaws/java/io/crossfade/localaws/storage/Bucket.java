package io.crossfade.localaws.storage;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Objects by key. A condition is checked and acted upon in one step. */
final class Bucket {
  private final Instant created;
  private final TreeMap<String, StoredObject> objects = new TreeMap<>();

  Bucket(Instant created) {
    this.created = created;
  }

  Instant created() {
    return created;
  }

  synchronized Optional<StoredObject> find(String key) {
    return Optional.ofNullable(objects.get(key));
  }

  /**
   * @param condition throws if what is there now forbids it
   */
  synchronized void put(
      String key, StoredObject object, Consumer<Optional<StoredObject>> condition) {
    condition.accept(find(key));
    objects.put(key, object);
  }

  synchronized void remove(String key, Consumer<Optional<StoredObject>> condition) {
    condition.accept(find(key));
    objects.remove(key);
  }

  /** The objects after a key, in order. The empty key comes before all. */
  synchronized List<Map.Entry<String, StoredObject>> after(String key, String prefix) {
    return objects.tailMap(key, false).entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
        .toList();
  }
}
