package io.crossfade.localaws.slack;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Slack's markup as HTML (https://docs.slack.dev/messaging/formatting-message-text): bold, italic,
 * strike, code, quotes, links, mentions and a few emoji. Nothing of the text gets into the HTML
 * unescaped, and nothing but http leads out of it.
 */
final class Mrkdwn {
  private static final Pattern CODE = Pattern.compile("```(.+?)```|`([^`\\n]+)`", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("<([^<>|]+)(?:\\|([^<>]*))?>");
  private static final Pattern DATE = Pattern.compile("!date\\^(\\d{1,11})\\^.*");
  private static final Pattern EMOJI = Pattern.compile(":([a-z0-9_+-]+):");
  private static final Pattern KEPT = Pattern.compile("\0(\\d+)\0");
  private static final Map<String, String> EMOJIS =
      Map.ofEntries(
          Map.entry("white_check_mark", "✅"),
          Map.entry("heavy_check_mark", "✔️"),
          Map.entry("x", "❌"),
          Map.entry("warning", "⚠️"),
          Map.entry("rocket", "🚀"),
          Map.entry("no_entry", "⛔"),
          Map.entry("raised_hand", "✋"),
          Map.entry("rotating_light", "🚨"),
          Map.entry("hourglass_flowing_sand", "⏳"),
          Map.entry("leftwards_arrow_with_hook", "↩️"),
          Map.entry("rewind", "⏪"),
          Map.entry("large_blue_circle", "🔵"),
          Map.entry("large_green_circle", "🟢"),
          Map.entry("red_circle", "🔴"));

  private final List<String> kept = new ArrayList<>();
  private final Map<String, String> names;

  private Mrkdwn(Map<String, String> names) {
    this.names = names;
  }

  /**
   * @param names of users by their ids
   */
  static String html(String text, Map<String, String> names) {
    return new Mrkdwn(names).render(text.replace("\0", ""));
  }

  /** A text of type plain_text: emoji, and nothing else. */
  static String plain(String text) {
    return emoji(escape(text)).replace("\n", "<br>");
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private String render(String text) {
    String rest = replace(CODE, text, this::code);
    rest = replace(LINK, rest, this::link);
    rest = emoji(escape(unescape(rest)));
    rest = span(rest, '*', "b");
    rest = span(rest, '_', "i");
    rest = span(rest, '~', "s");
    rest = rest.replaceAll("(?m)^&gt; ?(.*)$", "<q>$1</q>").replace("\n", "<br>");
    return restore(rest);
  }

  /** Puts a rendered part aside, so that nothing in it is taken for markup. */
  private String keep(String html) {
    kept.add(html);
    return "\0" + (kept.size() - 1) + "\0";
  }

  /** A link's label may hold code that was put aside before. */
  private String restore(String html) {
    String restored = html;
    while (KEPT.matcher(restored).find()) {
      restored = replace(KEPT, restored, part -> kept.get(Integer.parseInt(part.group(1))));
    }
    return restored;
  }

  private String code(MatchResult code) {
    return code.group(1) != null
        ? keep("<pre>" + escape(unescape(code.group(1).strip())) + "</pre>")
        : keep("<code>" + escape(unescape(code.group(2))) + "</code>");
  }

  private String link(MatchResult link) {
    String target = link.group(1);
    String label = link.group(2) == null ? target : link.group(2);
    if (target.startsWith("@")) {
      return keep(
          "<em>@" + escape(names.getOrDefault(target.substring(1), target.substring(1))) + "</em>");
    }
    Matcher date = DATE.matcher(target);
    if (date.matches()) {
      Instant time = Instant.ofEpochSecond(Long.parseLong(date.group(1)));
      return keep("<time datetime=\"" + time + "\">" + escape(unescape(label)) + "</time>");
    }
    if (target.startsWith("!") || target.startsWith("#")) {
      return keep(
          "<em>" + escape(link.group(2) == null ? "@" + target.substring(1) : label) + "</em>");
    }
    if (!target.matches("https?://.*")) {
      return keep(escape(label));
    }
    String href = escape(unescape(target));
    return keep("<a href=\"" + href + "\" rel=\"noreferrer\">" + escape(unescape(label)) + "</a>");
  }

  private static String span(String html, char mark, String tag) {
    String quoted = Pattern.quote(String.valueOf(mark));
    return html.replaceAll(
        "(?<![\\w"
            + mark
            + "])"
            + quoted
            + "(?=\\S)([^\\n]+?)(?<=\\S)"
            + quoted
            + "(?![\\w"
            + mark
            + "])",
        "<" + tag + ">$1</" + tag + ">");
  }

  private static String emoji(String html) {
    return replace(EMOJI, html, m -> EMOJIS.getOrDefault(m.group(1), m.group()));
  }

  private static String unescape(String text) {
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }

  private static String replace(
      Pattern pattern, String text, Function<MatchResult, String> replacement) {
    return pattern
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(replacement.apply(match)));
  }
}
