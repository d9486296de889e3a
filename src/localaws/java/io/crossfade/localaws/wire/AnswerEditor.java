package io.crossfade.localaws.wire;

import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/**
 * Edits the text of an operation's answers: the way to hold a field that AWS knows and the SDK's
 * model does not.
 *
 * @param name of the operation, such as {@code ecs:DescribeTaskDefinition}
 */
public record AnswerEditor(String name, UnaryOperator<String> change) implements CallInterceptor {
  @Override
  public byte[] edit(String called, byte[] body) {
    return called.equals(name)
        ? change.apply(new String(body, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8)
        : body;
  }
}
