package io.crossfade.localaws.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * The name that an error has in its service's model. The SDK renames errors ({@code
 * LimitExceededFault} becomes {@code LimitExceededException}) and keeps the old name only as a
 * constant of the client that reads it; so that is where it is looked up. It matters for
 * CloudWatch, which sends this name beside its error code.
 */
final class ErrorShapeName {
  private static final Map<Class<?>, Optional<String>> KNOWN = new ConcurrentHashMap<>();

  private ErrorShapeName() {}

  static String of(AwsServiceException modeled, String code) {
    Class<?> type = modeled.getClass();
    boolean isModeled = type.getPackageName().endsWith(".model") && !isBase(type);
    return isModeled ? KNOWN.computeIfAbsent(type, ErrorShapeName::find).orElse(code) : code;
  }

  private static boolean isBase(Class<?> type) {
    return type.getSuperclass() == AwsServiceException.class;
  }

  private static Optional<String> find(Class<?> type) {
    String constants = constantsOfClient(type);
    String name = type.getSimpleName();
    String stem = name.replaceAll("Exception$", "");
    return Stream.of(name, stem, stem + "Fault", stem + "Error")
        .filter(candidate -> constants.contains(constant(candidate)))
        .findFirst();
  }

  /** How a class file spells a string: tag 1, its length, its bytes. */
  private static String constant(String text) {
    return "\u0001" + (char) (text.length() >> 8) + (char) (text.length() & 0xff) + text;
  }

  private static String constantsOfClient(Class<?> type) {
    String base = type.getSuperclass().getSimpleName().replaceAll("Exception$", "");
    String services = type.getPackageName().replaceAll("\\.model$", "").replace('.', '/');
    String client = services + "/Default" + base + "Client.class";
    try (InputStream in = type.getClassLoader().getResourceAsStream(client)) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
