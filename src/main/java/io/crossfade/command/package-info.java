/** What people tell a release that is under way or over, and when none may start. */
package io.crossfade.command;
