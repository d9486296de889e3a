/** ECS: task definitions, services, their health and their scaling. */
package io.crossfade.fleet;
