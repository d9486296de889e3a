/** CloudFormation: describes the stacks that are there. It makes none. */
package io.crossfade.localaws.cloudformation;
