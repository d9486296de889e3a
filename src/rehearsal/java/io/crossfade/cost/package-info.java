/** The cost tables of {@code docs/cost.md}: prices, quantities and one rehearsal's figures. */
package io.crossfade.cost;
