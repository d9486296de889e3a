package io.crossfade.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A piece of HTML or SVG. A text gets into one by {@link #text} alone, which escapes it, so that
 * nothing that somebody has written can become an element or an attribute.
 *
 * @param name of the element; empty for a text or for several pieces
 */
record Html(String name, String attributes, String content) {
  static final Html NONE = new Html("", "", "");

  /** Control characters are in no valid document, however they are written. */
  static Html text(Object text) {
    String escaped =
        String.valueOf(text)
            .replaceAll("[\\p{Cntrl}&&[^\\t\\n]]", "\uFFFD")
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;")
            .replace("'", "&#39;");
    return new Html("", "", escaped);
  }

  /**
   * @param content pieces; anything else is a text
   */
  static Html tag(String name, Object... content) {
    return new Html(name, "", all(Stream.of(content)).content());
  }

  static Html all(Object... pieces) {
    return all(Stream.of(pieces));
  }

  static Html all(Stream<?> pieces) {
    return new Html("", "", pieces.map(Html::piece).collect(Collectors.joining()));
  }

  static Html all(List<Html> pieces) {
    return all(pieces.stream());
  }

  private static String piece(Object piece) {
    return piece instanceof Html html ? html.markup() : text(piece).content();
  }

  Html with(String attribute, Object value) {
    String quoted = " %s=\"%s\"".formatted(attribute, text(value).content());
    return new Html(name, attributes + quoted, content);
  }

  String markup() {
    return name.isEmpty() ? content : "<%s%s>%s</%s>".formatted(name, attributes, content, name);
  }
}
