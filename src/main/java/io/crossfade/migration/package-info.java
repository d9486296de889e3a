/** Reading what earlier versions of Crossfade have stored. */
package io.crossfade.migration;
