package io.crossfade.rehearsal;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The few pieces of HTML that the report page is made of. */
final class Html {
  private Html() {}

  static String escape(Object text) {
    return String.valueOf(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  static String element(String name, Object text) {
    return "<%s>%s</%s>".formatted(name, escape(text), name);
  }

  /** A table under a heading; figures stand on the right. Nothing at all if there are no rows. */
  static String table(String heading, List<String> columns, List<List<Object>> rows) {
    if (rows.isEmpty()) {
      return "";
    }
    return """
        <section>
        %s
        <div class="scroll"><table>
        <thead>%s</thead>
        <tbody>
        %s
        </tbody>
        </table></div>
        </section>
        """
        .formatted(
            element("h2", heading),
            row("th", rows.get(0), columns),
            rows.stream().map(row -> row("td", row, row)).collect(Collectors.joining("\n")));
  }

  private static String row(String cell, List<Object> kinds, List<?> texts) {
    StringBuilder row = new StringBuilder("<tr>");
    for (int i = 0; i < texts.size(); i++) {
      String type = kinds.get(i) instanceof Number ? " class=\"figure\"" : "";
      row.append("<%s%s>%s</%s>".formatted(cell, type, escape(shown(texts.get(i))), cell));
    }
    return row.append("</tr>").toString();
  }

  private static Object shown(Object value) {
    if (value instanceof Long || value instanceof Integer) {
      return String.format(Locale.ROOT, "%,d", value);
    }
    return value instanceof Double ? String.format(Locale.ROOT, "%,.1f", value) : value;
  }
}
