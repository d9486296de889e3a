package io.crossfade.localaws.template;

/** A template that cannot be read or resolved; the message says where and why. */
public final class TemplateError extends RuntimeException {
  TemplateError(String message) {
    super(message);
  }
}
