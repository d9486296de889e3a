package io.crossfade.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Slack's markup as HTML (Slack, Formatting text for app surfaces): bold, code, times, mentions and
 * the signs that the question uses. A link is its label: the report leads nowhere.
 */
final class MrkdwnText {
  private static final Pattern MARK =
      Pattern.compile(
          "`(?<code>[^`\\n]+)`"
              + "|<(?<target>[^<>|]+)(?:\\|(?<label>[^<>]*))?>"
              + "|(?<![\\w*])\\*(?<bold>\\S|\\S[^*\\n]*\\S)\\*(?![\\w*])"
              + "|:(?<sign>[a-z_]+):"
              + "|(?<line>\\n)");
  private static final Pattern DATE = Pattern.compile("!date\\^(\\d{1,11})\\^.*");
  private static final Map<String, String> SIGNS =
      Map.of("white_check_mark", "✅", "rotating_light", "🚨", "grey_question", "❔");

  private MrkdwnText() {}

  static Html html(String mrkdwn) {
    List<Html> pieces = new ArrayList<>();
    Matcher mark = MARK.matcher(mrkdwn);
    int after = 0;
    while (mark.find()) {
      pieces.add(plain(mrkdwn.substring(after, mark.start())));
      pieces.add(marked(mark));
      after = mark.end();
    }
    pieces.add(plain(mrkdwn.substring(after)));
    return Html.all(pieces);
  }

  private static Html marked(Matcher mark) {
    if (mark.group("code") != null) {
      return Html.tag("code", plain(mark.group("code")));
    }
    if (mark.group("bold") != null) {
      return Html.tag("b", html(mark.group("bold")));
    }
    if (mark.group("sign") != null) {
      return Html.text(SIGNS.getOrDefault(mark.group("sign"), mark.group()));
    }
    return mark.group("line") != null ? Html.text("\n") : reference(mark);
  }

  private static Html reference(Matcher mark) {
    Matcher date = DATE.matcher(mark.group("target"));
    if (date.matches()) {
      return Words.date(Instant.ofEpochSecond(Long.parseLong(date.group(1))));
    }
    String label = mark.group("label") == null ? mark.group("target") : mark.group("label");
    return Html.tag("b", plain(label));
  }

  private static Html plain(String text) {
    return Html.text(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"));
  }
}
