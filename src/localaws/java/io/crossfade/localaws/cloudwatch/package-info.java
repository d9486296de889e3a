/**
 * CloudWatch: alarms that are evaluated in world time from real figures. {@link
 * io.crossfade.localaws.cloudwatch.MetricSource} is where the figures come from.
 */
package io.crossfade.localaws.cloudwatch;
