package io.crossfade.localaws.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessLocaleTest {
  /** As JDK 17 calls what it finds in the locale POSIX. */
  private static final Charset ASCII = Charset.forName("ANSI_X3.4-1968");

  @Test
  void aProcessHasTheLocaleOfItsParentAndNothingElse() {
    Map<String, String> parent =
        Map.of("LANG", "de_DE.UTF-8", "LC_CTYPE", "C.UTF-8", "LC_TIME", "tr_TR", "PATH", "/bin");
    assertThat(ProcessLocale.variables(StandardCharsets.UTF_8, parent))
        .isEqualTo(Map.of("LANG", "de_DE.UTF-8", "LC_CTYPE", "C.UTF-8"));
  }

  @Test
  void aParentWithAnotherEncodingSpellsItsPathsInThat() {
    Map<String, String> parent = Map.of("LC_ALL", "de_DE");
    assertThat(ProcessLocale.variables(StandardCharsets.ISO_8859_1, parent)).isEqualTo(parent);
  }

  @Test
  void aLocaleThatIsNotInstalledIsNotHandedOn() {
    assertThat(ProcessLocale.variables(ASCII, Map.of("LANG", "en_US.UTF-8", "LC_ALL", "POSIX")))
        .isEqualTo(Map.of("LANG", "C.UTF-8"));
    assertThat(ProcessLocale.variables(ASCII, Map.of())).isEqualTo(Map.of("LANG", "C.UTF-8"));
  }
}
