/** The load balancer's rule and its weights. */
package io.crossfade.traffic;
