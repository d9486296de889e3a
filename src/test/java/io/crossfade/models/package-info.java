/**
 * An independent reader of what goes over the local AWS's wire: AWS's own service models, as
 * Python's botocore carries them, and readers of the raw bodies that share no code with the local
 * AWS or the SDK. {@code WholeRunModelsStory} holds the whole run's requests and responses against
 * them.
 */
package io.crossfade.models;
