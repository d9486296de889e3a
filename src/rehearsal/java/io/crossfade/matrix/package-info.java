/**
 * The crash matrix: a release and a rollback with every AWS call going wrong in every way, every
 * function killed and every state interrupted, and what must hold afterwards.
 */
package io.crossfade.matrix;
