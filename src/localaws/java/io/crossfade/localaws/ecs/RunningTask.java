package io.crossfade.localaws.ecs;

/**
 * A task that runs and was not asked to stop.
 *
 * @param imageUri the image of the container that takes the traffic
 * @param port where it listens on 127.0.0.1
 * @param healthy whether its target groups say so; true for a service without any
 */
public record RunningTask(
    String taskArn, String taskDefinitionArn, String imageUri, int port, boolean healthy) {}
