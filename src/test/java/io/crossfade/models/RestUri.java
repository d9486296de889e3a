package io.crossfade.models;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The template of an operation's URI, such as <code>/{Bucket}/{Key+}?acl</code>.
 *
 * @param labels of the path, in order
 * @param query the parameters that the request must have just so
 */
record RestUri(Pattern path, List<String> labels, Map<String, String> query) {
  private static final Pattern LABEL = Pattern.compile("\\{(\\w+)(\\+?)}");

  static RestUri of(String template) {
    String[] parts = template.split("\\?", 2);
    List<String> labels = new ArrayList<>();
    StringBuilder path = new StringBuilder();
    Matcher label = LABEL.matcher(parts[0]);
    while (label.find()) {
      labels.add(label.group(1));
      label.appendReplacement(path, label.group(2).isEmpty() ? "([^/]+)" : "(.+)");
    }
    label.appendTail(path);
    return new RestUri(
        Pattern.compile(path + "/?"), labels, Bodies.form(parts.length == 2 ? parts[1] : ""));
  }

  boolean fits(String requested, Map<String, String> parameters) {
    return path.matcher(requested).matches() && parameters.entrySet().containsAll(query.entrySet());
  }

  /** The values of the labels, decoded. */
  Map<String, String> labels(String requested) {
    Map<String, String> values = new LinkedHashMap<>();
    Matcher found = path.matcher(requested);
    if (found.matches()) {
      for (int i = 0; i < labels.size(); i++) {
        values.put(labels.get(i), decoded(found.group(i + 1)));
      }
    }
    return values;
  }

  private static String decoded(String label) {
    return URLDecoder.decode(label.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
