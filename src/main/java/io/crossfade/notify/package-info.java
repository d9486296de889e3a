/** What people are told, how it reaches them, and what is counted of each release. */
package io.crossfade.notify;
