package io.crossfade.plan;

import java.util.Map;

/** Where stored releases are read from. */
public interface ReleaseSource {
  /**
   * The content of {@code imageDetail.json}, stored as it is or inside a CodePipeline artifact.
   *
   * @throws io.crossfade.release.PermanentFailure if it is not there or is not a JSON object
   */
  Map<String, Object> read(String bucket, String key);
}
