package io.crossfade.command;

import io.crossfade.release.Arn;
import io.crossfade.release.ExecutionArn;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A request's body, checked. Every problem is told at once. */
sealed interface CommandRequest {
  /**
   * A command for a release that is under way.
   *
   * @param weight the canary's share that a promotion leaves, in percent; null for any other
   */
  record OfRelease(Command command, Integer weight, String deployment, String why)
      implements CommandRequest {}

  /**
   * No release may start from now on.
   *
   * @param rule null for every rule
   */
  record OfFreeze(String rule, Instant until, String why) implements CommandRequest {}

  /**
   * A freeze is over.
   *
   * @param rule null for that of every rule
   */
  record OfUnfreeze(String rule, String why) implements CommandRequest {}

  /** A release that is over is taken back. */
  record OfRevert(String deployment, String why) implements CommandRequest {}

  /** It cannot be understood. */
  record Malformed(String problems) implements CommandRequest {}

  String FREEZE = "freeze";
  String UNFREEZE = "unfreeze";
  String REVERT = "revert";

  /**
   * @param fields as the JSON object has them
   */
  static CommandRequest of(Map<?, ?> fields) {
    return new Reader(fields).read();
  }

  /** Reads the fields and gathers what is wrong with them. */
  final class Reader {
    private static final int MAX_WHY_CHARS = 200;
    private static final Predicate<String> WHY =
        Pattern.compile("[^\\p{Cntrl}]{1," + MAX_WHY_CHARS + "}").asMatchPredicate();

    private static final String RULE =
        "the ARN of a listener rule of an Application Load Balancer; leave it out for every rule";

    private final Map<?, ?> fields;
    private final List<String> problems = new ArrayList<>();

    private Reader(Map<?, ?> fields) {
      this.fields = fields;
    }

    private CommandRequest read() {
      String verb = String.valueOf(fields.get("command"));
      CommandRequest request =
          switch (verb) {
            case FREEZE -> freeze();
            case UNFREEZE -> unfreeze();
            case REVERT -> revert();
            default -> command(verb);
          };
      return problems.isEmpty() ? request : new Malformed(String.join("; ", problems));
    }

    private CommandRequest freeze() {
      onlyKnown(List.of("rule", "until", "why"));
      return new OfFreeze(rule(), time(), why());
    }

    private CommandRequest unfreeze() {
      onlyKnown(List.of("rule", "why"));
      return new OfUnfreeze(rule(), why());
    }

    private CommandRequest revert() {
      onlyKnown(List.of("deployment", "why"));
      return new OfRevert(deployment(), why());
    }

    private CommandRequest command(String verb) {
      Optional<Command> command =
          Arrays.stream(Command.values()).filter(each -> each.label().equals(verb)).findFirst();
      if (command.isEmpty()) {
        problems.add(
            "command: expected pause, continue, promote, rollback, revert, freeze or unfreeze");
        return null;
      }
      boolean promote = command.get() == Command.PROMOTE;
      onlyKnown(promote ? List.of("deployment", "weight", "why") : List.of("deployment", "why"));
      return new OfRelease(command.get(), promote ? weight() : null, deployment(), why());
    }

    private String deployment() {
      return text("deployment", ExecutionArn::isName, "the name of the release's execution");
    }

    private String why() {
      return text("why", WHY, "the reason in 1 to %d characters".formatted(MAX_WHY_CHARS));
    }

    private void onlyKnown(List<String> known) {
      Set<String> unknown = new TreeSet<>();
      fields.keySet().forEach(name -> unknown.add(String.valueOf(name)));
      unknown.remove("command");
      unknown.removeAll(known);
      unknown.forEach(name -> problems.add("an unknown field: " + name));
    }

    private String rule() {
      return fields.containsKey("rule") ? text("rule", Arn::ofRule, RULE) : null;
    }

    private Integer weight() {
      if (fields.get("weight") instanceof Integer weight && weight >= 1 && weight <= 100) {
        return weight;
      }
      problems.add("weight: expected the new version's present percentage, whole, 1 to 100");
      return null;
    }

    private Instant time() {
      try {
        return Instant.parse(String.valueOf(fields.get("until")));
      } catch (DateTimeParseException wrong) {
        problems.add("until: expected a time such as 2026-12-24T18:00:00Z");
        return null;
      }
    }

    private String text(String name, Predicate<String> valid, String expected) {
      if (fields.get(name) instanceof String text && !text.isBlank() && valid.test(text)) {
        return text;
      }
      problems.add("%s: expected %s".formatted(name, expected));
      return null;
    }
  }
}
