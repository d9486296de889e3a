package io.crossfade.localaws.ecs;

/** What a container is told when it starts. */
public record ContainerConfig(
    String imageUri,
    String taskArn,
    String containerName,
    java.util.Map<String, String> environment) {}
