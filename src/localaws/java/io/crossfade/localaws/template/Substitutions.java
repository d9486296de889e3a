package io.crossfade.localaws.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** DefinitionSubstitutions: the names in the text and those in the template must be the same. */
final class Substitutions {
  private static final Pattern PLACE = Pattern.compile("\\$\\{([^!}][^}]*)}");

  private Substitutions() {}

  static String apply(String logicalId, String text, JsonNode values) {
    Set<String> unused = new LinkedHashSet<>();
    values.fieldNames().forEachRemaining(unused::add);
    String applied =
        PLACE
            .matcher(text)
            .replaceAll(
                place -> {
                  unused.remove(place.group(1));
                  return Matcher.quoteReplacement(value(logicalId, values, place.group(1)));
                });
    if (!unused.isEmpty()) {
      throw new TemplateError(
          "%s: the definition uses no ${%s}".formatted(logicalId, String.join("}, ${", unused)));
    }
    return applied;
  }

  private static String value(String logicalId, JsonNode values, String name) {
    if (!values.has(name)) {
      throw new TemplateError(
          "%s: DefinitionSubstitutions has no %s, which the definition uses"
              .formatted(logicalId, name));
    }
    return values.get(name).asText();
  }
}
