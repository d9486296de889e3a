/** The snapshot, and putting everything back as it was. */
package io.crossfade.rollback;
