/**
 * Amazon ECS: services that roll out real containers. {@link io.crossfade.localaws.ecs.LocalEcs}
 * answers the API and schedules; what an image does is a {@link
 * io.crossfade.localaws.ecs.ContainerImage}.
 */
package io.crossfade.localaws.ecs;
