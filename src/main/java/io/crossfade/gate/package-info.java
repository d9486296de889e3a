/** CloudWatch alarms and the verdict on them. */
package io.crossfade.gate;
