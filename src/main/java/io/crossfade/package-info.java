/**
 * The functions: everything that is packaged and runs on AWS, one package for each feature.
 *
 * <p>{@code release} holds the vocabulary and the deployment document, which every other package
 * uses. A decision is a pure function; a port is an interface of one to four methods; an adapter
 * implements a port with the AWS SDK; a handler reads, decides, acts and records.
 */
package io.crossfade;
