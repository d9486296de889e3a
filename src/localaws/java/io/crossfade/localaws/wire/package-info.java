/**
 * The wire of the local AWS: one HTTP server that speaks AWS JSON, Query/XML, Smithy RPC v2 CBOR
 * and S3's REST/XML. There is no code per operation: the SDK's model classes describe themselves
 * ({@link software.amazon.awssdk.core.SdkPojo#sdkFields()}), and a service is any object that
 * implements the SDK's own client interface. Signatures are not verified; the access key id is
 * taken from them.
 */
package io.crossfade.localaws.wire;
