/** The local SNS: topics that keep what is published to them. */
package io.crossfade.localaws.sns;
