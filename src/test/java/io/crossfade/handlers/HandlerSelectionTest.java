package io.crossfade.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfade.localaws.Stack;
import io.quarkus.amazon.lambda.runtime.AmazonLambdaRecorder;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which function the artifact is: {@code QUARKUS_LAMBDA_HANDLER} says so, and nothing else. */
@QuarkusTest
@TestProfile(HandlersProfile.class)
class HandlerSelectionTest {
  @Test
  void everyNameOfTheTemplateSelectsTheHandlerOfThatName() throws Exception {
    List<String> names =
        Stack.template("site").functions().stream()
            .map(function -> function.environment().get("QUARKUS_LAMBDA_HANDLER"))
            .toList();
    assertThat(names).hasSizeGreaterThanOrEqualTo(17);
    for (String name : names) {
      SelectedHandler.select(name);
      assertThat(selected()).isEqualToIgnoringCase(name.replace("-", "") + "Handler");
    }
  }

  @Test
  void aNameThatNoHandlerHasFails() {
    assertThatThrownBy(() -> SelectedHandler.select("nobody"))
        .hasMessageContaining("Unable to find handler class with name nobody");
  }

  private static String selected() throws ReflectiveOperationException {
    var field = AmazonLambdaRecorder.class.getDeclaredField("handlerClass");
    field.setAccessible(true);
    return ((Class<?>) field.get(null)).getSimpleName();
  }
}
