/** What people tell a release that is under way, and when none may start. */
package io.crossfade.command;
