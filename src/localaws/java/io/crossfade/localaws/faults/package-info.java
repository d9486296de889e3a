/**
 * What goes wrong between a function and AWS: calls that are throttled, fail, hang, answer late or
 * are the last thing that a function does.
 */
package io.crossfade.localaws.faults;
