/** The local Secrets Manager: secrets with versions and their staging labels. */
package io.crossfade.localaws.secrets;
