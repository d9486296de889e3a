package io.crossfade.localaws;

import io.crossfade.localaws.template.FunctionResource;
import io.crossfade.localaws.template.ResolvedTemplate;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which function makes a call, as its access key says. */
public final class Identities {
  private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private final Map<String, FunctionResource> byKey;

  private Identities(Map<String, FunctionResource> byKey) {
    this.byKey = byKey;
  }

  public static Identities of(ResolvedTemplate template) {
    return of(template.functions());
  }

  public static Identities of(Collection<FunctionResource> functions) {
    return new Identities(
        functions.stream()
            .collect(Collectors.toMap(f -> accessKeyId(f.logicalId()), Function.identity())));
  }

  /** The access key of a function: always the same for the same logical id. */
  public static String accessKeyId(String functionLogicalId) {
    StringBuilder key = new StringBuilder("AKIA");
    for (byte each : digest(functionLogicalId)) {
      if (key.length() < 20) {
        key.append(DIGITS.charAt(each & 31));
      }
    }
    return key.toString();
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }

  /** Empty for a call that no function of the template made, such as a test's own. */
  public Optional<FunctionResource> function(String accessKeyId) {
    return Optional.ofNullable(byKey.get(accessKeyId));
  }

  public Collection<FunctionResource> functions() {
    return byKey.values();
  }

  /** The function's logical id; the access key itself if it is no function's. */
  public String name(String accessKeyId) {
    return function(accessKeyId).map(FunctionResource::logicalId).orElse(accessKeyId);
  }
}
