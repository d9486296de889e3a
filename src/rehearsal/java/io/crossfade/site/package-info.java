/**
 * The sample restaurant booking site that the rehearsal releases: a frontend and a backend as
 * container images, in versions that behave well or badly, over real HTTP on 127.0.0.1. The {@link
 * io.crossfade.site.OrderBook} stands in for the site's database, so it outlives every task and
 * tells afterwards whether an acknowledged order was lost.
 */
package io.crossfade.site;
