/**
 * What the functions' own policies allow, decided as IAM does for identity-based policies.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html">
 *     Policy evaluation logic</a>
 */
package io.crossfade.localaws.iam;
