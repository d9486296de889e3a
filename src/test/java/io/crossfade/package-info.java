/**
 * The tests of all three source roots: the functions ({@code src/main/java}), the local AWS ({@code
 * src/localaws/java}) and the rehearsal ({@code src/rehearsal/java}). A class named {@code …Test}
 * runs in the test phase, a class named {@code …Story} runs whole releases on the packaged
 * functions.
 */
package io.crossfade;
