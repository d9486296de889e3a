/** The local S3: buckets in memory, with conditional writes that are atomic. */
package io.crossfade.localaws.storage;
