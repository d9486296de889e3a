package io.crossfade.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.release.Sample;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the input is, it is a release or it is refused in sentences. */
class AnyInputPropertyTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final ReleaseDefaults DEFAULTS =
      new ReleaseDefaults("site", 120, Sample.PLACE, true, true);

  private static final int MAX_SENTENCE_CHARS = 1000;

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void anObjectIsRefusedInSentences(@ForAll("objects") Map<String, Object> input)
      throws IOException {
    refused(ReleaseParser.parse(input, DEFAULTS));
  }

  /** What is right beside it does not hide what is wrong, and the other way round. */
  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void aGoodReleaseWithMoreInItIsARefusalOrARelease(@ForAll("objects") Map<String, Object> more)
      throws IOException {
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("imageUri", Sample.IMAGE);
    input.put("BASE_SERVICE_NAME", "backend");
    input.put("rule_arn", Sample.RULE);
    input.putAll(more);
    if (ReleaseParser.parse(input, DEFAULTS) instanceof ReleaseParser.Valid valid) {
      assertThat(ReleaseParser.FIELDS).containsAll(more.keySet());
      JSON.findAndRegisterModules().writeValueAsBytes(valid.release());
    } else {
      refused(ReleaseParser.parse(input, DEFAULTS));
    }
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void aPlaceInS3IsRefusedInSentences(@ForAll("objects") Map<String, Object> input)
      throws IOException {
    sentences(StoredReleaseLocation.problems(input));
  }

  private static void refused(ReleaseParser.Result result) throws IOException {
    assertThat(result).isInstanceOf(ReleaseParser.Invalid.class);
    List<ValidationError> errors = ((ReleaseParser.Invalid) result).errors();
    assertThat(errors).isNotEmpty().doesNotHaveDuplicates();
    sentences(errors);
  }

  /** In one line each, of a length that people read, and nothing in them that cannot be stored. */
  private static void sentences(List<ValidationError> errors) throws IOException {
    for (ValidationError error : errors) {
      assertThat(error.sentence())
          .matches("(?s).+: found .+, expected .+")
          .doesNotContainPattern("[\\p{C}\\p{Zl}\\p{Zp}]")
          .hasSizeLessThan(MAX_SENTENCE_CHARS);
    }
    String all = ValidationError.sentences(errors);
    assertThat(all.lines().count()).isLessThanOrEqualTo(21);
    assertThat(JSON.readValue(JSON.writeValueAsBytes(all), String.class)).isEqualTo(all);
  }

  @Provide
  Arbitrary<Map<String, Object>> objects() {
    return Arbitraries.maps(names(), values(2)).ofMaxSize(25);
  }

  private static Arbitrary<String> names() {
    List<String> known =
        List.of(
            "weight", "bakeSeconds", "timeoutSeconds", "polls", "checks", "by", "bucket", "key");
    return Arbitraries.oneOf(Arbitraries.of(ReleaseParser.FIELDS), Arbitraries.of(known), texts());
  }

  private static Arbitrary<Object> values(int depth) {
    Arbitrary<Object> scalars =
        Arbitraries.oneOf(
            texts().map(Object.class::cast),
            Arbitraries.integers().map(Object.class::cast),
            Arbitraries.bigIntegers().map(Object.class::cast),
            Arbitraries.doubles().map(Object.class::cast),
            Arbitraries.of(true, false).map(Object.class::cast),
            Arbitraries.just(null));
    return depth == 0
        ? scalars
        : Arbitraries.oneOf(
            scalars,
            values(depth - 1).list().ofMaxSize(25).map(Object.class::cast),
            Arbitraries.maps(names(), values(depth - 1)).ofMaxSize(3).map(Object.class::cast));
  }

  /** Any characters, halves of surrogate pairs among them, and far too many. */
  private static Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().all().ofMaxLength(30),
        Arbitraries.strings().withCharRange('\ud800', '\udfff').ofMaxLength(5),
        Arbitraries.of("a", "a-", "arn:aws:ecs:", "/", ".").map(part -> part.repeat(3_000)),
        Arbitraries.of(Sample.IMAGE, Sample.RULE, "backend", "skip", "2026-01-31T12:00:00Z"));
  }
}
