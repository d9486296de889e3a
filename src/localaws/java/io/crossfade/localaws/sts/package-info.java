/** The local Security Token Service, which many clients ask first. */
package io.crossfade.localaws.sts;
