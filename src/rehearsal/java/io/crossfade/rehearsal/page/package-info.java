/**
 * The page of a rehearsal: what it shows as a pure model, the state machine as a picture, and the
 * server that sends both to a browser of this machine and of nobody else.
 */
package io.crossfade.rehearsal.page;
