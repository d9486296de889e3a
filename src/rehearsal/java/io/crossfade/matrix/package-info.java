/**
 * The crash matrix: a release, a rollback and a restore in which one thing goes wrong at a time. It
 * makes every AWS call fail in every way, kills every function and interrupts every state. Then it
 * checks what must hold.
 */
package io.crossfade.matrix;
