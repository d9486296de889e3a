/** What the emulated services share: errors, names, paging and copying between model classes. */
package io.crossfade.localaws.sdk;
