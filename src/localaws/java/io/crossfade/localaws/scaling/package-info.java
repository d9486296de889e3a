/** Application Auto Scaling for the desired counts of ECS services. */
package io.crossfade.localaws.scaling;
