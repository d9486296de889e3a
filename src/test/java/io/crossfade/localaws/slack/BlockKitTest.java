package io.crossfade.localaws.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockKitTest {
  private static final Pattern REPEATED = Pattern.compile("([^\\s'{}\\[\\],:]|\\{[^{}]*})×(\\d+)");

  /** x×3 stands for xxx, and {…}×3 for a list's three times that element. */
  static JsonNode json(String shorthand) {
    Matcher places = REPEATED.matcher(shorthand);
    String text =
        places.replaceAll(
            place -> {
              int times = Integer.parseInt(place.group(2));
              String what = place.group(1);
              return Matcher.quoteReplacement(
                  what.length() == 1
                      ? what.repeat(times)
                      : String.join(",", java.util.Collections.nCopies(times, what)));
            });
    return SlackJson.parse(text.replace('\'', '"'), "the test's JSON is wrong: " + text);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'type':'divider'}
          {'type':'divider'}×50
          {'type':'divider','block_id':'b×255'}
          {'type':'header','text':{'type':'plain_text','text':'h×150'}}
          {'type':'section','text':{'type':'mrkdwn','text':'t×3000'}}
          {'type':'section','text':{'type':'plain_text','text':'t','emoji':true},'expand':true}
          {'type':'section','fields':[{'type':'mrkdwn','text':'t×2000'}]}
          {'type':'section','fields':[{'type':'mrkdwn','text':'t'}×10]}
          {'type':'context','elements':[{'type':'mrkdwn','text':'t','verbatim':true}×10]}
          {'type':'actions','elements':[{'type':'button','text':{'type':'plain_text','text':'t×75'},'action_id':'a×255','value':'v×2000','style':'danger'}]}
          {'type':'section','text':{'type':'mrkdwn','text':'t'},'accessory':{'type':'button','text':{'type':'plain_text','text':'t'}}}
          {'type':'actions','elements':[{'type':'button','text':{'type':'plain_text','text':'t'},'confirm':{'title':{'type':'plain_text','text':'t×100'},'text':{'type':'plain_text','text':'t×300'},'confirm':{'type':'plain_text','text':'t×30'},'deny':{'type':'plain_text','text':'t×30'},'style':'primary'}}]}
          """)
  void blocksAtTheirLimitsAreAccepted(String blocks) {
    assertThat(BlockKit.problems(json("[" + blocks + "]"))).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'type':'divider'}×51                                              | no more than 50 items allowed [json-pointer:/blocks]
          {'type':'divider','text':'t'}                                      | no more than the documented fields allowed: text [json-pointer:/blocks/0/text]
          {'type':'divider','block_id':'b×256'}                              | must be less than 256 characters [json-pointer:/blocks/0/block_id]
          {'type':'divider','block_id':'b'}×2                                | block_id already exists: b [json-pointer:/blocks]
          {'type':'carousel'}                                                | unsupported type: carousel [json-pointer:/blocks/0/type]
          'text'                                                             | unsupported type:  [json-pointer:/blocks/0/type]
          {'text':{'type':'mrkdwn','text':'t'}}                              | unsupported type:  [json-pointer:/blocks/0/type]
          {'type':'header'}                                                  | missing required field: text [json-pointer:/blocks/0]
          {'type':'header','text':{'type':'plain_text','text':'h×151'}}      | must be less than 151 characters [json-pointer:/blocks/0/text/text]
          {'type':'header','text':{'type':'mrkdwn','text':'h'}}              | must be a valid text type, found mrkdwn [json-pointer:/blocks/0/text/type]
          {'type':'section'}                                                 | must define either `text` or `fields` [json-pointer:/blocks/0]
          {'type':'section','text':'t'}                                      | must be a valid text type, found  [json-pointer:/blocks/0/text/type]
          {'type':'section','text':{'type':'mrkdwn'}}                        | missing required field: text [json-pointer:/blocks/0/text]
          {'type':'section','text':{'type':'mrkdwn','text':''}}              | must be more than 0 characters [json-pointer:/blocks/0/text/text]
          {'type':'section','text':{'type':'mrkdwn','text':7}}               | must be a string [json-pointer:/blocks/0/text/text]
          {'type':'section','text':{'type':'mrkdwn','text':'t×3001'}}        | must be less than 3001 characters [json-pointer:/blocks/0/text/text]
          {'type':'section','text':{'type':'mrkdwn','text':'t','emoji':true}} | no more than the documented fields allowed: emoji [json-pointer:/blocks/0/text/emoji]
          {'type':'section','text':{'type':'plain_text','text':'t','emoji':1}} | must be a boolean [json-pointer:/blocks/0/text/emoji]
          {'type':'section','fields':[]}                                     | no less than 1 items required [json-pointer:/blocks/0/fields]
          {'type':'section','fields':[{'type':'mrkdwn','text':'t'}×11]}      | no more than 10 items allowed [json-pointer:/blocks/0/fields]
          {'type':'section','fields':[{'type':'mrkdwn','text':'t×2001'}]}    | must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]
          {'type':'section','title':'t','text':{'type':'mrkdwn','text':'t'}} | no more than the documented fields allowed: title [json-pointer:/blocks/0/title]
          {'type':'context','elements':[{'type':'mrkdwn','text':'t'}×11]}    | no more than 10 items allowed [json-pointer:/blocks/0/elements]
          {'type':'context','elements':[{'type':'image','image_url':'u'}]}   | must be a valid text type, found image [json-pointer:/blocks/0/elements/0/type]
          {'type':'context'}                                                 | missing required field: elements [json-pointer:/blocks/0]
          {'type':'actions','elements':[]}                                   | no less than 1 items required [json-pointer:/blocks/0/elements]
          {'type':'actions','elements':[{'type':'datepicker'}]}              | unsupported type: datepicker [json-pointer:/blocks/0/elements/0/type]
          """)
  void blockThatBreaksARuleIsRefused(String blocks, String problem) {
    assertThat(BlockKit.problems(json("[" + blocks + "]"))).containsExactly("[ERROR] " + problem);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'text':{'type':'plain_text','text':'t×76'}                          | must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]
          'text':{'type':'mrkdwn','text':'t'}                                 | must be a valid text type, found mrkdwn [json-pointer:/blocks/0/elements/0/text/type]
          'action_id':'a'                                                     | missing required field: text [json-pointer:/blocks/0/elements/0]
          'text':{'type':'plain_text','text':'t'},'action_id':'a×256'         | must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]
          'text':{'type':'plain_text','text':'t'},'value':'v×2001'            | must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]
          'text':{'type':'plain_text','text':'t'},'style':'default'           | must be one of [primary, danger] [json-pointer:/blocks/0/elements/0/style]
          'text':{'type':'plain_text','text':'t'},'colour':'red'              | no more than the documented fields allowed: colour [json-pointer:/blocks/0/elements/0/colour]
          'text':{'type':'plain_text','text':'t'},'accessibility_label':'l×76' | must be less than 76 characters [json-pointer:/blocks/0/elements/0/accessibility_label]
          'text':{'type':'plain_text','text':'t'},'confirm':true              | must be an object [json-pointer:/blocks/0/elements/0/confirm]
          """)
  void buttonThatBreaksARuleIsRefused(String fields, String problem) {
    String block = "[{'type':'actions','elements':[{'type':'button'," + fields + "}]}]";
    assertThat(BlockKit.problems(json(block))).containsExactly("[ERROR] " + problem);
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource(
      textBlock =
          """
          title,   plain_text, 101, must be less than 101 characters [json-pointer:/blocks/0/elements/0/confirm/title/text]
          text,    plain_text, 301, must be less than 301 characters [json-pointer:/blocks/0/elements/0/confirm/text/text]
          text,    mrkdwn,     1,   'must be a valid text type, found mrkdwn [json-pointer:/blocks/0/elements/0/confirm/text/type]'
          confirm, plain_text, 31,  must be less than 31 characters [json-pointer:/blocks/0/elements/0/confirm/confirm/text]
          deny,    plain_text, 31,  must be less than 31 characters [json-pointer:/blocks/0/elements/0/confirm/deny/text]
          """)
  void dialogThatBreaksARuleIsRefused(String part, String type, int length, String problem) {
    StringBuilder dialog = new StringBuilder();
    for (String each : List.of("title", "text", "confirm", "deny")) {
      dialog.append(
          "'%s':{'type':'%s','text':'t×%d'},"
              .formatted(
                  each, each.equals(part) ? type : "plain_text", each.equals(part) ? length : 1));
    }
    String block =
        "[{'type':'actions','elements':[{'type':'button','text':{'type':'plain_text','text':'t'},"
            + "'confirm':{"
            + dialog
            + "'style':'danger'}}]}]";
    assertThat(BlockKit.problems(json(block))).containsExactly("[ERROR] " + problem);
  }

  @Test
  void actionsHaveAtMostTwentyFiveButtonsWithIdsOfTheirOwn() {
    String button = "{'type':'button','action_id':'a%d','text':{'type':'plain_text','text':'t'}},";
    StringBuilder buttons = new StringBuilder();
    for (int i = 0; i < 26; i++) {
      buttons.append(button.formatted(Math.min(i, 24)));
    }
    String elements = buttons.substring(0, buttons.length() - 1);
    assertThat(BlockKit.problems(json("[{'type':'actions','elements':[" + elements + "]}]")))
        .containsExactly(
            "[ERROR] no more than 25 items allowed [json-pointer:/blocks/0/elements]",
            "[ERROR] action_id already exists: a24 [json-pointer:/blocks/0/elements]");
  }

  @Test
  void blocksMustBeAList() {
    assertThat(BlockKit.problems(json("{}")))
        .containsExactly("[ERROR] must be an array [json-pointer:/blocks]");
  }

  @Test
  void whatIsLeftOutIsFilledIn() {
    JsonNode blocks =
        BlockKit.completed(
            (ArrayNode)
                json(
                    "[{'type':'section','text':{'type':'mrkdwn','text':'t'},'accessory':"
                        + "{'type':'button','text':{'type':'plain_text','text':'t'}}},"
                        + "{'type':'divider','block_id':'mine'}]"));
    assertThat(blocks.at("/0/block_id").textValue()).isNotEmpty();
    assertThat(blocks.at("/0/text/verbatim").booleanValue()).isFalse();
    assertThat(blocks.at("/0/accessory/text/emoji").booleanValue()).isTrue();
    assertThat(blocks.at("/0/accessory/action_id").textValue()).isNotEmpty();
    assertThat(blocks.at("/1/block_id").textValue()).isEqualTo("mine");
  }
}
