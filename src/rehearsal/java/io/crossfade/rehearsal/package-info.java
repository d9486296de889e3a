/**
 * The rehearsal: a release while visitors use the site. They browse and order without ever
 * retrying, so that every failure that a person would have seen is counted. What they saw becomes
 * the progress line, {@code report.json}, {@code report.html} and {@code chart.svg}.
 */
package io.crossfade.rehearsal;
