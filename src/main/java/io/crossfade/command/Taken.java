package io.crossfade.command;

import io.crossfade.release.Deployment;

/**
 * What a look has made of the command that it found.
 *
 * @param rollback why everything is to be put back; null if no command says so
 */
record Taken(Deployment deployment, String rollback) {}
