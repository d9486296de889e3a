package io.crossfade.release;

/** The fixed names of the two services of one application. */
public enum Colour {
  BLUE,
  GREEN;

  public Colour other() {
    return this == BLUE ? GREEN : BLUE;
  }

  /** The ECS service of this colour: {@code <base>-blue} or {@code <base>-green}. */
  public String serviceOf(String baseServiceName) {
    return baseServiceName + "-" + label();
  }

  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
