/**
 * The rehearsal: a release under the eyes of visitors. They browse and order without ever retrying,
 * so that every failure that a person would have seen is counted; what they saw becomes the
 * progress line, {@code report.json} and {@code report.html}.
 */
package io.crossfade.rehearsal;
