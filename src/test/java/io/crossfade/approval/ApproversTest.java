package io.crossfade.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.localaws.Stack;
import io.crossfade.localaws.slack.LocalSlack;
import io.crossfade.localaws.template.TemplateError;
import io.crossfade.release.PermanentFailure;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApproversTest {
  private static final String EXPECTED =
      ", expected Slack user ids like U0123ABCD or U0123ABCD=ada@example.com|ada@home.example,"
          + " separated by commas, without spaces";

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      useHeadersInDisplayName = true,
      textBlock =
          """
          list                              ; user ; included
          ''                                ; U12  ; false
          U12                               ; U12  ; true
          U12,U34                           ; U34  ; true
          U12=ada@x.org|ada@y.org,U34       ; U12  ; true
          U12=ada@x.org|ada@y.org,U34       ; U34  ; true
          U123                              ; U12  ; false
          """)
  void onlyWhoIsNamedByIdIsIncluded(String list, String user, boolean included) {
    assertThat(Approvers.from(list, "", true).include(user)).isEqualTo(included);
  }

  /** Who can read a list in two ways gets no list. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      useHeadersInDisplayName = true,
      textBlock =
          """
          list                     ; wrong
          'U12, U34'               ; ' U34'
          ' U12'                   ; ' U12'
          U12 U34                  ; U12 U34
          U12=Ada Lovelace         ; U12=Ada Lovelace
          U12=ada                  ; U12=ada
          U12=                     ; U12=
          U12=ada@x.org|           ; U12=ada@x.org|
          U12=ada@x.org=           ; U12=ada@x.org=
          =ada@x.org               ; =ada@x.org
          ada@x.org                ; ada@x.org
          U12,,U34                 ; ''
          'U12,'                   ; ''
          u12                      ; u12
          *                        ; *
          """)
  void aListThatIsNotOneIsRefused(String list, String wrong) {
    assertThatThrownBy(() -> Approvers.from(list, "", true))
        .isInstanceOf(PermanentFailure.class)
        .hasMessage("SlackApprovers has \"" + wrong + "\"" + EXPECTED);
    assertThatThrownBy(() -> template("SlackApprovers", list)).isInstanceOf(TemplateError.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          SlackApprovers ; ''
          SlackApprovers ; U0123ABCD
          SlackApprovers ; U0123ABCD=ada@example.com|1+ada@users.noreply.github.com,W0123ABCD
          OtherAuthors   ; ''
          OtherAuthors   ; eve@example.com,bob@example.com
          """)
  void theTemplateTakesWhatTheFunctionsTake(String parameter, String value) {
    template(parameter, value);
    boolean approvers = parameter.equals("SlackApprovers");
    Approvers.from(approvers ? value : "", approvers ? "" : value, false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          'eve@example.com, bob@example.com'
          eve
          'eve@example.com,'
          """)
  void otherAuthorsAreAddressesWithoutSpaces(String value) {
    assertThatThrownBy(() -> Approvers.from("", value, false))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageStartingWith("OtherAuthors has ");
    assertThatThrownBy(() -> template("OtherAuthors", value)).isInstanceOf(TemplateError.class);
  }

  private static void template(String parameter, String value) {
    try (LocalSlack slack = new LocalSlack()) {
      Map<String, String> parameters = new HashMap<>(slack.parameters());
      parameters.put(parameter, value);
      Stack.template("site", parameters);
    }
  }

  /** Ada is U12, and Grace is U34. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      nullValues = "-",
      useHeadersInDisplayName = true,
      textBlock =
          """
          list                            ; others    ; may   ; author       ; ada   ; grace
          U12,U34                         ; ''        ; true  ; ada@x.org    ; true  ; true
          U12,U34                         ; ''        ; true  ; -            ; true  ; true
          U12=ada@x.org,U34               ; ''        ; true  ; ada@x.org    ; true  ; true
          U12,U34                         ; ''        ; false ; ada@x.org    ; false ; false
          U12=ada@x.org,U34=grace@x.org   ; ''        ; false ; ada@x.org    ; false ; true
          U12=ada@x.org,U34=grace@x.org   ; ''        ; false ; ' ADA@x.org '; false ; true
          U12=a@x.org|a@y.org,U34=g@x.org ; ''        ; false ; a@y.org      ; false ; true
          U12=a@x.org,U34=g@x.org,U12=a@z ; ''        ; false ; a@x.org      ; false ; true
          U12=ada@x.org,U34               ; ''        ; false ; ada@x.org    ; false ; false
          U12=ada@x.org,U34=grace@x.org   ; ''        ; false ; ada@home.org ; false ; false
          U12=ada@x.org,U34=grace@x.org   ; ''        ; false ; Ada Lovelace ; false ; false
          U12=ada@x.org,U34=grace@x.org   ; ''        ; false ; unknown      ; false ; false
          U12=ada@x.org,U34=grace@x.org   ; ''        ; false ; -            ; false ; false
          U12=ada@x.org,U34=grace@x.org   ; eve@x.org ; false ; eve@x.org    ; true  ; true
          U12=ada@x.org,U34=grace@x.org   ; ADA@x.org ; false ; ada@x.org    ; false ; true
          U12=ada@x.org,U34               ; eve@x.org ; false ; eve@x.org    ; true  ; false
          """)
  void whoCannotBeToldFromTheAuthorMayNotApprove(
      String list, String others, boolean may, String author, boolean ada, boolean grace) {
    Approvers approvers = Approvers.from(list, others, may);
    assertThat(approvers.mayApprove("U12", author)).isEqualTo(ada);
    assertThat(approvers.mayApprove("U34", author)).isEqualTo(grace);
    assertThat(approvers.problem(author).isEmpty()).isEqualTo(ada || grace);
  }

  @Test
  void whatNobodyMayApproveIsToldWithItsReason() {
    assertThat(Approvers.from("", "", true).problem("ada@x.org"))
        .contains("SlackApprovers is empty");
    assertThat(Approvers.from("U12=ada@x.org", "", false).problem("eve@x.org"))
        .contains(
            "nobody in SlackApprovers may approve a version by eve@x.org. With"
                + " AuthorMayApprove=false its author must be an e-mail address in SlackApprovers or"
                + " OtherAuthors, and that of another person than the one who approves");
    assertThat(Approvers.from("U12=ada@x.org", "", false).problem(null).orElseThrow())
        .startsWith("nobody in SlackApprovers may approve a version without an author. ");
  }
}
