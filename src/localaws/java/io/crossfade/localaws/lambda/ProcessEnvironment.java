package io.crossfade.localaws.lambda;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The environment of a function's process. */
final class ProcessEnvironment {
  private static final List<String> INHERITED =
      List.of("PATH", "Path", "SystemRoot", "LD_LIBRARY_PATH");

  private ProcessEnvironment() {}

  /**
   * What Lambda sets, then the function's own.
   *
   * @param home a folder of ours: a person's own AWS configuration files must not reach the
   *     function
   * @param taskRoot where the artifact lies
   */
  static Map<String, String> of(FunctionConfig config, Path home, Path taskRoot) {
    Map<String, String> all = new LinkedHashMap<>();
    for (String name : INHERITED) {
      if (System.getenv(name) != null) {
        all.put(name, System.getenv(name));
      }
    }
    all.put("HOME", home.toString());
    all.put("USERPROFILE", home.toString());
    all.putAll(ProcessLocale.variables());
    all.put("TZ", ":UTC");
    all.put("AWS_REGION", "eu-central-1");
    all.put("AWS_DEFAULT_REGION", "eu-central-1");
    all.put("AWS_LAMBDA_FUNCTION_NAME", config.name());
    all.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    all.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", String.valueOf(config.memoryMb()));
    all.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + config.name());
    all.put("AWS_LAMBDA_LOG_STREAM_NAME", "local");
    all.put("LAMBDA_TASK_ROOT", taskRoot.toString());
    all.putAll(config.environment());
    return all;
  }
}
