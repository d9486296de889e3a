/**
 * The drill: a release that must be turned back, in one's own account. It needs nothing but the
 * credentials that the AWS SDK finds, and touches only services that allow it by a tag.
 */
package io.crossfade.drill;
