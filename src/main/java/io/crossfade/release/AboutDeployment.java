package io.crossfade.release;

/** What a function is called with, if it is about one deployment. */
public interface AboutDeployment {
  /** The deployment's id, or as much as is known of it; empty where nothing is asked for. */
  String deploymentId();
}
