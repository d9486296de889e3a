/** What people are told, and how it reaches them. */
package io.crossfade.notify;
