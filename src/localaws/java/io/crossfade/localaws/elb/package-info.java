/**
 * Elastic Load Balancing, control plane and data plane. {@link io.crossfade.localaws.elb.LocalElb}
 * answers the API; a {@link io.crossfade.localaws.elb.ListenerProxy} per listener proxies real HTTP
 * on 127.0.0.1 by the rules as they were one propagation delay ago, and targets are checked with
 * real requests.
 */
package io.crossfade.localaws.elb;
