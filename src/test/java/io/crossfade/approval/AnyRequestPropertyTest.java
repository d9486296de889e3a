package io.crossfade.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.http.HttpRequest;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is sent without the secret, nothing is decided and nothing breaks. */
class AnyRequestPropertyTest {
  private final CallbackBench bench = new CallbackBench();

  @Property(tries = 10_000)
  void neitherAServerErrorNorADecision(
      @ForAll("bodies") String body,
      @ForAll("headers") Map<String, String> headers,
      @ForAll boolean base64) {
    HttpRequest request =
        new HttpRequest(
            headers,
            body,
            base64,
            new HttpRequest.RequestContext(null, CallbackBench.NOW.toEpochMilli(), null));

    assertThat(bench.send(request)).isIn(400, 401, 413);
    undecided();
  }

  /** Even what is signed is only taken for a click if it is one. */
  @Property(tries = 10_000)
  void neitherForABodyThatIsSigned(@ForAll("bodies") String body, @ForAll boolean base64) {
    assertThat(bench.send(CallbackBench.signed(body, CallbackBench.NOW, base64)))
        .isIn(200, 400, 401);
    undecided();
  }

  private void undecided() {
    assertThat(bench.tasks.calls).isZero();
    assertThat(bench.messenger.replaced).isEmpty();
  }

  @Provide
  Arbitrary<String> bodies() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(200),
        Arbitraries.strings().ascii().ofMaxLength(200).map(text -> "payload=" + text),
        Arbitraries.of("payload=", "payload=%7B%7D", "payload=null", "payload={}&payload={}"),
        mutated());
  }

  /** A real click with a piece cut out, which leaves nonsense or another valid request. */
  private Arbitrary<String> mutated() {
    String click = bench.body(bench.click(ApprovalChoice.APPROVED, "U9"));
    return Arbitraries.integers()
        .between(0, click.length() - 1)
        .tuple2()
        .map(
            cut ->
                click.substring(0, Math.min(cut.get1(), cut.get2()))
                    + click.substring(Math.max(cut.get1(), cut.get2())));
  }

  @Provide
  Arbitrary<Map<String, String>> headers() {
    Arbitrary<String> names =
        Arbitraries.oneOf(
            Arbitraries.of(
                "x-slack-signature", "X-Slack-Signature", "x-slack-request-timestamp", "Cookie"),
            Arbitraries.strings().ofMaxLength(20));
    Arbitrary<String> values =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(80),
            Arbitraries.of(
                String.valueOf(CallbackBench.NOW.getEpochSecond()), "v0=", "v0=" + "0".repeat(64)));
    return Arbitraries.maps(names, values).ofMaxSize(6);
  }
}
