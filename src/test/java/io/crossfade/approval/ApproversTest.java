package io.crossfade.approval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApproversTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      nullValues = "-",
      useHeadersInDisplayName = true,
      textBlock =
          """
          list                   ; user ; included
          ''                     ; U1   ; false
          ' , ,'                 ; U1   ; false
          '=ada'                 ; U1   ; false
          U1                     ; U1   ; true
          ' U1 , U2 '            ; U2   ; true
          U1=ada|Ada Lovelace,U2 ; U1   ; true
          U1=ada|Ada Lovelace,U2 ; U2   ; true
          U12                    ; U1   ; false
          u1                     ; U1   ; false
          *                      ; U1   ; false
          """)
  void onlyWhoIsNamedByIdIsIncluded(String list, String user, boolean included) {
    assertThat(Approvers.from(list, true).include(user)).isEqualTo(included);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      nullValues = "-",
      useHeadersInDisplayName = true,
      textBlock =
          """
          list                ; may   ; author       ; approves
          U1                  ; true  ; ada          ; true
          U1=ada              ; true  ; ada          ; true
          U1                  ; false ; ada          ; false
          U1=ada              ; false ; -            ; false
          U1=ada              ; false ; grace        ; true
          U1=ada              ; false ; ada          ; false
          U1=ada              ; false ; ' Ada '      ; false
          U1=ada|Ada Lovelace ; false ; Ada Lovelace ; false
          U1=a@x=y            ; false ; a@x=y        ; false
          U2=ada              ; false ; grace        ; false
          """)
  void theAuthorIsKnownByNameOrNotAtAll(String list, boolean may, String author, boolean approves) {
    assertThat(Approvers.from(list, may).mayApprove("U1", author)).isEqualTo(approves);
  }
}
