/** SDK clients, error mapping, AWS's JSON documents, and our own in the state bucket. */
package io.crossfade.aws;
