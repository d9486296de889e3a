package io.crossfade.rehearsal;

import io.crossfade.plan.SpellingSuggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads options of the command line, {@code -Dname=value}, and gathers what is wrong with them. One
 * that is absent or blank has its default.
 */
public final class OptionReader {
  private static final Pattern NAME = Pattern.compile("^-D(\\w+)", Pattern.MULTILINE);

  private final Properties properties;
  private final List<String> problems = new ArrayList<>();

  public OptionReader(Properties properties) {
    this.properties = properties;
  }

  /** Of the options that a help tells, one a line. */
  public static List<String> names(String help) {
    return NAME.matcher(help).results().map(name -> name.group(1)).toList();
  }

  /** The labels of an option's values. */
  static <T> String labels(T[] all, Function<T, String> label) {
    return Arrays.stream(all).map(label).collect(Collectors.joining(", "));
  }

  /** What is wrong with a name that is none of them, but nearly one. */
  public static Optional<String> misspelt(String name, Collection<String> known) {
    return SpellingSuggestion.to(name, known)
        .map(meant -> "-D%s: no such option (did you mean -D%s?)".formatted(name, meant));
  }

  /** In sentences. */
  public List<String> problems() {
    return problems;
  }

  public Optional<String> given(String option) {
    return Optional.ofNullable(properties.getProperty(option))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  /** The one of these that was chosen by its label. */
  public <T> T choice(String option, T ordinary, T[] all, Function<T, String> label) {
    Optional<String> given = given(option);
    List<String> labels = Arrays.stream(all).map(label).toList();
    int chosen = labels.indexOf(given.orElse(label.apply(ordinary)));
    if (chosen >= 0) {
      return all[chosen];
    }
    String meant =
        SpellingSuggestion.to(given.get(), labels).map(" (did you mean %s?)"::formatted).orElse("");
    wrong(option, "one of " + String.join(", ", labels), given.get(), meant);
    return ordinary;
  }

  public int whole(String option, int ordinary, int least, int most) {
    return (int) number(option, "a whole number", "\\d{1,9}", ordinary, least, most);
  }

  double number(String option, double ordinary, double least, double most) {
    return number(option, "a number", "\\d{1,9}(\\.\\d{1,9})?", ordinary, least, most);
  }

  private double number(
      String option, String kind, String form, double ordinary, double least, double most) {
    String text = given(option).orElse(plain(ordinary));
    double number = text.matches(form) ? Double.parseDouble(text) : Double.NaN;
    if (number >= least && number <= most) {
      return number;
    }
    wrong(option, "%s from %s to %s".formatted(kind, plain(least), plain(most)), text);
    return ordinary;
  }

  /** Of a switch: Maven turns a bare name into true. */
  public boolean isOn(String option) {
    String value = given(option).orElse("false");
    if (!value.matches("true|false")) {
      wrong(option, "true or false", value);
    }
    return value.equals("true");
  }

  void wrong(String option, String expected, String found) {
    wrong(option, expected, found, "");
  }

  private void wrong(String option, String expected, String found, String meant) {
    problems.add("-D%s: expected %s, found '%s'%s".formatted(option, expected, found, meant));
  }

  /** A number as a person writes it. */
  public static String plain(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }
}
