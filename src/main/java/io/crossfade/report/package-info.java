/** The report of a release: what is known of it at its end, and how that looks to a person. */
package io.crossfade.report;
