package io.crossfade.localaws.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyDocumentTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Single quotes stand for double ones. */
  private static JsonNode json(String text) throws IOException {
    return JSON.readTree(text.replace('\'', '"'));
  }

  private static PolicyDocument policy(String statements) throws IOException {
    return PolicyDocument.of(json("[{'Version':'2012-10-17','Statement':[" + statements + "]}]"));
  }

  private static Map<String, String> context(String pairs) {
    Map<String, String> context = new LinkedHashMap<>();
    if (pairs != null) {
      for (String pair : pairs.split(",")) {
        context.put(pair.split("=")[0], pair.split("=")[1]);
      }
    }
    return context;
  }

  @ParameterizedTest(name = "{0} / {1} / {2}: {4} on {5}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # effect | action | resource | condition | asked action | asked resource | context | decision
          Allow | ecs:UpdateService | *                     |  | ecs:UpdateService   | arn:aws:ecs:r:1:service/c/s |  | Allowed
          Allow | ecs:updateservice | *                     |  | ecs:UpdateService   | arn:aws:ecs:r:1:service/c/s |  | Allowed
          Allow | ecs:*             | *                     |  | ecs:UpdateService   | arn:aws:ecs:r:1:service/c/s |  | Allowed
          Allow | ecs:Update*       | *                     |  | ecs:UpdateService   | *                           |  | Allowed
          Allow | ecs:UpdateServic? | *                     |  | ecs:UpdateService   | *                           |  | Allowed
          Allow | ecs:Update        | *                     |  | ecs:UpdateService   | *                           |  | ImplicitDeny
          Allow | *                 | *                     |  | s3:GetObject        | arn:aws:s3:::b/k            |  | Allowed
          Allow | ecs:Describe*     | *                     |  | ecs:UpdateService   | *                           |  | ImplicitDeny
          Deny  | ecs:*             | *                     |  | ecs:UpdateService   | *                           |  | ExplicitDeny
          Deny  | s3:*              | *                     |  | ecs:UpdateService   | *                           |  | ImplicitDeny
          Allow | s3:GetObject      | arn:aws:s3:::b/*      |  | s3:GetObject        | arn:aws:s3:::b/a/c.json     |  | Allowed
          Allow | s3:GetObject      | arn:aws:s3:::b/*      |  | s3:GetObject        | arn:aws:s3:::bb/a           |  | ImplicitDeny
          Allow | s3:GetObject      | arn:aws:s3:::b/*      |  | s3:GetObject        | arn:aws:s3:::b              |  | ImplicitDeny
          Allow | s3:GetObject      | arn:aws:s3:::b*/x?z   |  | s3:GetObject        | arn:aws:s3:::bucket/xyz     |  | Allowed
          Allow | s3:GetObject      | arn:aws:s3:::b*/x?z   |  | s3:GetObject        | arn:aws:s3:::bucket/xz      |  | ImplicitDeny
          Allow | s3:GetObject      | arn:aws:s3:::B/*      |  | s3:GetObject        | arn:aws:s3:::b/k            |  | ImplicitDeny
          Allow | a:b               | arn:aws:ecs:*:1:service/* |  | a:b             | arn:aws:ecs:r:1:service/c/s |  | Allowed
          Allow | a:b               | arn:aws:ecs:*:service/*   |  | a:b             | arn:aws:ecs:r:1:service/c/s |  | ImplicitDeny
          Allow | a:b               | arn:aws:ecs:r:2:*     |  | a:b                 | arn:aws:ecs:r:1:service/c/s |  | ImplicitDeny
          Allow | a:b               | arn:aws:cw:r:1:alarm:* |  | a:b                | arn:aws:cw:r:1:alarm:a:b    |  | Allowed
          Allow | a:b               | arn:aws:ecs:r:1:x     |  | a:b                 | *                           |  | ImplicitDeny
          Allow | a:b               | arn:aws:ecs:r:1:t/f:* |  | a:b                 | arn:aws:ecs:r:1:t/f:*       |  | Allowed
          Allow | a:b | * | {'StringEquals':{'k':'v'}}              | a:b | * | k=v   | Allowed
          Allow | a:b | * | {'StringEquals':{'k':'v'}}              | a:b | * | k=w   | ImplicitDeny
          Allow | a:b | * | {'StringEquals':{'k':'v'}}              | a:b | * |       | ImplicitDeny
          Allow | a:b | * | {'StringEquals':{'K':'v'}}              | a:b | * | k=v   | Allowed
          Allow | a:b | * | {'StringEquals':{'k':['u','v']}}        | a:b | * | k=v   | Allowed
          Allow | a:b | * | {'StringEquals':{'k':'v','l':'w'}}      | a:b | * | k=v   | ImplicitDeny
          Allow | a:b | * | {'StringEquals':{'k':'v','l':'w'}}      | a:b | * | k=v,l=w | Allowed
          Allow | a:b | * | {'StringEqualsIfExists':{'k':'v'}}      | a:b | * |       | Allowed
          Allow | a:b | * | {'StringEqualsIfExists':{'k':'v'}}      | a:b | * | k=w   | ImplicitDeny
          Allow | a:b | * | {'StringEquals':{'aws:ResourceAccount':'123456789012'}} | a:b | * | | Allowed
          Allow | a:b | * | {'StringEquals':{'aws:ResourceAccount':'210987654321'}} | a:b | * | | ImplicitDeny
          Allow | a:b | * | {'StringNotEquals':{'k':'v'}}           | a:b | * | k=v   | ImplicitDeny
          Allow | a:b | * | {'StringNotEquals':{'k':'v'}}           | a:b | * |       | Allowed
          Allow | a:b | * | {'StringLike':{'k':'v*'}}               | a:b | * | k=vow | Allowed
          Allow | a:b | * | {'StringLike':{'k':'v?'}}               | a:b | * | k=vow | ImplicitDeny
          Allow | a:b | * | {'StringEquals':{'k':'v*'}}             | a:b | * | k=vow | ImplicitDeny
          Allow | a:b | * | {'ArnLike':{'k':'arn:aws:ecs:*:1:cluster/*'}} | a:b | * | k=arn:aws:ecs:r:1:cluster/c | Allowed
          Allow | a:b | * | {'ArnEquals':{'k':'arn:aws:ecs:*:2:cluster/*'}} | a:b | * | k=arn:aws:ecs:r:1:cluster/c | ImplicitDeny
          Allow | a:b | * | {'Bool':{'k':'TRUE'}}                   | a:b | * | k=true | Allowed
          Allow | a:b | * | {'StringEquals':{'k':'v'},'StringLike':{'l':'w*'}} | a:b | * | k=v,l=x | ImplicitDeny
          Deny  | a:b | * | {'StringEquals':{'k':'v'}}              | a:b | * | k=v   | ExplicitDeny
          Deny  | a:b | * | {'StringEquals':{'k':'v'}}              | a:b | * | k=w   | ImplicitDeny
          """)
  void aStatementAllowsDeniesOrIsSilent(
      String effect,
      String action,
      String resource,
      String condition,
      String askedAction,
      String askedResource,
      String context,
      String decision)
      throws Exception {
    String statement =
        "{'Effect':'%s','Action':'%s','Resource':'%s','Condition':%s}"
            .formatted(effect, action, resource, condition == null ? "{}" : condition);
    AccessDecision decided =
        policy(statement).decide(new AccessRequest(askedAction, askedResource, context(context)));
    assertThat(decided.getClass().getSimpleName()).isEqualTo(decision);
  }

  @Test
  void whatIsDeniedIsDeniedWhateverElseAllowsIt() throws Exception {
    PolicyDocument both =
        policy(
            "{'Effect':'Allow','Action':'*','Resource':'*'},"
                + "{'Sid':'No','Effect':'Deny','Action':['a:b','a:c'],'Resource':['x','*']}");
    assertThat(both.decide(AccessRequest.of("a:b", "*")))
        .isEqualTo(new AccessDecision.ExplicitDeny(both.statements().get(1)));
    assertThat(both.decide(AccessRequest.of("a:d", "*")))
        .isEqualTo(new AccessDecision.Allowed(both.statements().get(0)));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [{'Statement':[{'Sid':'S','Effect':'Allow','NotAction':'a:b','Resource':'*'}]}] | S: not emulated: NotAction
          [{'Statement':[{'Effect':'Allow','Action':'a:b','NotResource':'*'}]}] | statement 1: not emulated: NotResource
          [{'Statement':[{'Effect':'Maybe','Action':'a:b','Resource':'*'}]}] | Effect must be Allow or Deny
          [{'Statement':[{'Effect':'Allow','Resource':'*'}]}] | Action must be text
          [{'Statement':[{'Effect':'Allow','Action':[],'Resource':'*'}]}] | Action is empty
          [{'Statement':{'Effect':'Allow','Action':'a:b','Resource':'arn:${aws:username}'}}] | policy variables not emulated
          [{'Statement':[{'Effect':'Allow','Action':'a:b','Resource':'*','Condition':{'ForAnyValue:StringEquals':{'k':'v'}}}]}] | condition operator not emulated: ForAnyValue:StringEquals
          [{'Statement':[{'Effect':'Allow','Action':'a:b','Resource':'*','Condition':{'NumericLessThan':{'k':'1'}}}]}] | condition operator not emulated: NumericLessThan
          [{'S3ReadPolicy':{'BucketName':'b'}}] | not emulated: policy
          ['AWSLambdaExecute'] | not emulated: policy
          """)
  void whatIsNotEmulatedIsRefusedByName(String policies, String why) throws Exception {
    JsonNode parsed = json(policies);
    assertThatThrownBy(() -> PolicyDocument.of(parsed))
        .isInstanceOf(PolicyError.class)
        .hasMessageContaining(why);
  }
}
