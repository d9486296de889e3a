package io.crossfade.localaws.ecs;

/** The configuration that a container starts with. */
public record ContainerConfig(
    String imageUri,
    String taskArn,
    String containerName,
    java.util.Map<String, String> environment) {}
