/** SDK clients, error mapping, and AWS's JSON documents. */
package io.crossfade.aws;
