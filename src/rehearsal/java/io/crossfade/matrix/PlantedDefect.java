package io.crossfade.matrix;

import static io.crossfade.matrix.FaultKind.ABORTED;
import static io.crossfade.matrix.FaultKind.FAILED_BEFORE;
import static io.crossfade.matrix.FaultKind.LOCK_LOST;
import static io.crossfade.matrix.FaultKind.NOTHING;
import static io.crossfade.matrix.ReleasePath.RELEASE;
import static io.crossfade.matrix.ReleasePath.ROLLBACK;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfade.localaws.StackInterceptor;
import io.crossfade.localaws.states.FunctionError;
import io.crossfade.localaws.states.FunctionInvoker;
import java.util.Arrays;
import java.util.List;

/**
 * A fault in Crossfade itself, planted from outside to see whether the matrix finds it: in the
 * state machine, or in what a function is given and answers.
 */
enum PlantedDefect implements StackInterceptor {
  /** NONE means that nothing is planted. */
  NONE(null, null),

  /** The rule is put back as the template has it, and not as it was. */
  RESTORED_FROM_CONFIGURATION(
      MatrixCell.of(ROLLBACK, "Rollback", NOTHING), "RolledBack, but the rule is") {
    @Override
    JsonNode call(FunctionInvoker real, String name, ObjectNode payload) throws FunctionError {
      if (restores(name)) {
        payload
            .at("/document/snapshot/actions")
            .findParents("Weight")
            .forEach(tuple -> whole((ObjectNode) tuple));
      }
      return real.invoke(name, payload);
    }

    private void whole(ObjectNode tuple) {
      tuple.put("Weight", tuple.path("Weight").asInt() == 0 ? 0 : 100);
    }
  },

  /** The test rule is not part of what is put back. */
  TEST_RULE_FORGOTTEN(
      MatrixCell.of(ROLLBACK, "Rollback", NOTHING), "RolledBack, but the test rule is") {
    @Override
    JsonNode call(FunctionInvoker real, String name, ObjectNode payload) throws FunctionError {
      if (restores(name)) {
        ((ObjectNode) payload.at("/document/snapshot")).putArray("testActions");
      }
      return real.invoke(name, payload);
    }
  },

  /** The bounds and flags of scaling are not part of what is put back. */
  SCALING_FORGOTTEN(MatrixCell.of(ROLLBACK, "Rollback", NOTHING), "scaling is") {
    @Override
    JsonNode call(FunctionInvoker real, String name, ObjectNode payload) throws FunctionError {
      if (restores(name)) {
        ((ObjectNode) payload.at("/document/snapshot")).putArray("scaling");
      }
      return real.invoke(name, payload);
    }
  },

  /** The new version is left running after a rollback. */
  CANARY_LEFT_RUNNING(
      MatrixCell.of(ROLLBACK, "Rollback", NOTHING),
      "RolledBack, but backend-green is 3 of as before") {
    @Override
    JsonNode call(FunctionInvoker real, String name, ObjectNode payload) throws FunctionError {
      if (restores(name)) {
        ((ObjectNode) payload.at("/document/snapshot/canary")).put("desiredCount", 3);
      }
      return real.invoke(name, payload);
    }
  },

  /** The old version is taken away while it still has a share of the requests. */
  SCALED_IN_TOO_EARLY(
      MatrixCell.of(RELEASE, "ShiftTraffic", NOTHING), "blue had weight 25 and no healthy target") {
    @Override
    JsonNode call(FunctionInvoker real, String name, ObjectNode payload) throws FunctionError {
      JsonNode answer = real.invoke(name, payload);
      if (name.contains("ShiftTraffic") && answer.at("/progress/step").asInt() == 2) {
        ObjectNode next = payload.deepCopy();
        next.set("document", answer);
        real.invoke(name.replace("ShiftTraffic", "ScaleIn"), next);
      }
      return answer;
    }
  },

  /** The next step is taken as soon as the alarms were looked at once. */
  STEP_NOT_BAKED(MatrixCell.of(RELEASE, "ShiftTraffic", NOTHING), "25 % were watched for") {
    @Override
    JsonNode call(FunctionInvoker real, String name, ObjectNode payload) throws FunctionError {
      JsonNode answer = real.invoke(name, payload);
      if (name.contains("CheckAlarms") && answer.at("/verdict/action").asText().equals("WAIT")) {
        ((ObjectNode) answer.path("verdict")).put("action", "ADVANCE");
      }
      return answer;
    }
  },

  /** A deployment that has lost its lock goes on. */
  LOCK_NOT_CHECKED(MatrixCell.of(RELEASE, "ShiftTraffic", LOCK_LOST), "went on without its lock") {
    @Override
    JsonNode call(FunctionInvoker real, String name, ObjectNode payload) throws FunctionError {
      try {
        return real.invoke(name, payload);
      } catch (FunctionError refused) {
        if (!String.valueOf(refused.causeJson()).contains("no longer holds the lock")) {
          throw refused;
        }
        ObjectNode pretended = payload.deepCopy();
        ((ObjectNode) pretended.path("document")).put("id", "another");
        return ((ObjectNode) real.invoke(name, pretended)).put("id", "release");
      }
    }
  },

  /** The lock is not given back. */
  LOCK_KEPT(MatrixCell.of(RELEASE, "ScaleIn", NOTHING), "but the lock is kept") {
    @Override
    JsonNode call(FunctionInvoker real, String name, ObjectNode payload) throws FunctionError {
      if (name.contains("Notify")) {
        payload.put("execution", payload.path("execution").asText() + "-other");
      }
      return real.invoke(name, payload);
    }
  },

  /**
   * Once scale-in has begun the way out is back, to a service whose tasks are gone, and whether
   * they are is asked of the wrong group.
   */
  BACK_TO_NOBODY(
      new MatrixCell(
          RELEASE, "ScaleIn", "ScaleInFunction", "ecs:DescribeServices", 2, FAILED_BEFORE),
      "no healthy target") {
    @Override
    void alter(ObjectNode states) {
      instead((ArrayNode) states.at("/ScaleIn/Catch"), "Rollback");
    }

    @Override
    JsonNode call(FunctionInvoker real, String name, ObjectNode payload) throws FunctionError {
      if (name.contains("RollbackFunction")) {
        ((ObjectNode) payload.at("/document/target/stable"))
            .set("targetGroupArn", payload.at("/document/target/canary/targetGroupArn"));
      }
      return real.invoke(name, payload);
    }
  },

  /** What fails half way counts as released. */
  FAILURE_IGNORED(
      new MatrixCell(
          RELEASE,
          "ShiftTraffic",
          "ShiftTrafficFunction",
          "elasticloadbalancing:ModifyRule",
          2,
          FAILED_BEFORE),
      "Released, but") {
    @Override
    void alter(ObjectNode states) {
      catches(states, "ShiftTraffic").put("Next", "Released");
    }
  },

  /** Nothing is put back, and everybody is told that it was. */
  ROLLBACK_LEFT_OUT(MatrixCell.of(ROLLBACK, "Rollback", NOTHING), "RolledBack, but") {
    @Override
    void alter(ObjectNode states) {
      catches(states, "RequestApproval").put("Next", "NotifyRolledBack");
    }
  },

  /** Nobody is asked. */
  NOBODY_ASKED(MatrixCell.of(RELEASE, "ScaleIn", NOTHING), "released without asking anybody") {
    @Override
    void alter(ObjectNode states) {
      ArrayNode choices = (ArrayNode) states.at("/DecideAlarms/Choices");
      choices.forEach(
          choice -> {
            if (choice.path("Next").asText().equals("RequestApproval")) {
              ((ObjectNode) choice).put("Next", "Drain");
            }
          });
      choices
          .addObject()
          .put("Variable", "$.id")
          .put("IsNull", true)
          .put("Next", "RequestApproval");
    }
  },

  /** A person is called although everything is as it was. */
  FALSE_ALARM(
      MatrixCell.of(ROLLBACK, "NotifyRolledBack", NOTHING),
      "RestoreIncomplete, and that is not true") {
    @Override
    void alter(ObjectNode states) {
      ((ObjectNode) states.path("NotifyRolledBack")).put("Next", "RestoreIncomplete");
    }
  },

  /** Nobody takes up what was stopped half way. */
  NOBODY_RESTORES(MatrixCell.of(RELEASE, "Bake", ABORTED), "ABORTED half way") {
    @Override
    JsonNode call(FunctionInvoker real, String name, ObjectNode payload) throws FunctionError {
      return name.contains("Guardian") ? null : real.invoke(name, payload);
    }
  };

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Where it shows; null for {@link #NONE}. */
  final MatrixCell cell;

  /** What the matrix has to say of it. */
  final String violation;

  PlantedDefect(MatrixCell cell, String violation) {
    this.cell = cell;
    this.violation = violation;
  }

  /** "DEFECT LOCK_KEPT", as {@link MatrixCell#id} names a cell. */
  String id() {
    return "DEFECT " + this;
  }

  static List<PlantedDefect> all() {
    return Arrays.stream(values()).filter(defect -> defect != NONE).toList();
  }

  /** Whether the matrix says what it has to say of it. */
  boolean isFoundBy(CellResult result) {
    return !result.outcome().equals(CellResult.BROKEN)
        && result.violations().stream().anyMatch(found -> found.contains(violation));
  }

  void alter(ObjectNode states) {}

  JsonNode call(FunctionInvoker real, String name, ObjectNode payload) throws FunctionError {
    return real.invoke(name, payload);
  }

  @Override
  public String definition(String definition) {
    try {
      JsonNode machine = JSON.readTree(definition);
      alter((ObjectNode) machine.path("States"));
      return JSON.writeValueAsString(machine);
    } catch (JsonProcessingException notJson) {
      throw new IllegalArgumentException(notJson);
    }
  }

  @Override
  public FunctionInvoker functions(FunctionInvoker real) {
    return (name, payload) ->
        payload instanceof ObjectNode object
            ? call(real, name, object.deepCopy())
            : real.invoke(name, payload);
  }

  private static boolean restores(String name) {
    return name.contains("RollbackFunction") || name.contains("CheckRestoreFunction");
  }

  /** Everything that is caught leads there; the way it led before stays, for nobody. */
  private static void instead(ArrayNode catches, String next) {
    ObjectNode before = ofAll(catches);
    catches.add(before.deepCopy().put("Next", next));
    before.putArray("ErrorEquals").add("Never");
  }

  private static ObjectNode catches(ObjectNode states, String state) {
    return ofAll((ArrayNode) states.path(state).path("Catch"));
  }

  /** The catcher of whatever no other one takes is the last. */
  private static ObjectNode ofAll(ArrayNode catches) {
    return (ObjectNode) catches.get(catches.size() - 1);
  }
}
