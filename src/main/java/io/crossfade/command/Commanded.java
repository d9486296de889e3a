package io.crossfade.command;

import io.crossfade.release.Decision;
import io.crossfade.release.Deployment;

/** What a look decides once it has taken up what people have told the release. */
public record Commanded<A extends Enum<A> & Decision.Action>(
    Deployment deployment, Decision<A> decision) {}
