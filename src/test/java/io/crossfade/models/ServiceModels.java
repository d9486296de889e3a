package io.crossfade.models;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.infrastructure.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * The models that Python's botocore carries on this machine.
 *
 * @param version of botocore
 */
public record ServiceModels(String version, List<ServiceModel> models) {
  /** No older one was tried; what the SDK of this build sends must not be newer than the models. */
  private static final List<Integer> OLDEST = List.of(1, 43);

  public static final String NEEDED =
      "Requests and responses are not checked against AWS's service models: "
          + "python3 has no botocore %d.%d or later (pip install boto3)"
              .formatted(OLDEST.get(0), OLDEST.get(1));

  private static final List<String> SERVICES =
      List.of(
          "application-autoscaling",
          "cloudformation",
          "cloudwatch",
          "ecs",
          "elbv2",
          "lambda",
          "s3",
          "secretsmanager",
          "sns",
          "stepfunctions",
          "sts");

  private static final String LOCATE =
      "import botocore; print('botocore', botocore.__version__, botocore.__path__[0], sep='|')";

  /** Empty where there are none, or older ones than the SDK. */
  public static Optional<ServiceModels> find() {
    if (!Tool.starts("python3", "--version")) {
      return Optional.empty();
    }
    return Tool.run(List.of("python3", "-c", LOCATE), Map.of(), Path.of(""))
        .output()
        .lines()
        .map(line -> line.split("\\|", 3))
        .filter(parts -> parts.length == 3 && parts[0].equals("botocore"))
        .filter(parts -> isNewEnough(parts[1]))
        .map(parts -> new ServiceModels(parts[1], all(Path.of(parts[2], "data"))))
        .findFirst();
  }

  private static boolean isNewEnough(String version) {
    String[] parts = version.split("\\.");
    int major = Integer.parseInt(parts[0]);
    return major > OLDEST.get(0)
        || major == OLDEST.get(0) && Integer.parseInt(parts[1]) >= OLDEST.get(1);
  }

  private static List<ServiceModel> all(Path data) {
    return SERVICES.stream().map(service -> read(newest(data.resolve(service)))).toList();
  }

  /** Folders are named by the API's date. */
  private static Path newestFolder(Path service) {
    try (Stream<Path> dates = Files.list(service)) {
      return dates.max(Path::compareTo).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path newest(Path service) {
    Path zipped = newestFolder(service).resolve("service-2.json.gz");
    return Files.exists(zipped) ? zipped : newestFolder(service).resolve("service-2.json");
  }

  private static ServiceModel modelIn(InputStream json) throws IOException {
    return new ServiceModel(new ObjectMapper().readTree(json));
  }

  private static ServiceModel read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return modelIn(file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
