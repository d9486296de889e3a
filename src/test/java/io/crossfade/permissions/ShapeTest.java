package io.crossfade.permissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          *                                                   | *
          arn:aws:ecs:r:1:service/site/frontend-blue          | arn:aws:ecs:r:1:service/site/backend-green
          arn:aws:ecs:r:1:task-definition/frontend:*          | arn:aws:ecs:r:1:task-definition/backend:*
          arn:aws:cloudwatch:r:1:alarm:gauge                  | arn:aws:cloudwatch:r:1:alarm:backend-green-5xx
          arn:aws:cloudwatch:r:1:alarm:*                      | arn:aws:cloudwatch:r:1:alarm:*
          arn:aws:states:r:1:execution:m:stopped              | arn:aws:states:r:1:execution:m:story-1
          arn:aws:states:r:1:stateMachine:m                   | arn:aws:states:r:1:stateMachine:m
          arn:aws:s3:::b/deployments/stopped/snapshot.json    | arn:aws:s3:::b/deployments/story-1/snapshot.json
          arn:aws:s3:::b/deployments/second/finishing.json    | arn:aws:s3:::b/deployments/story-1/finishing.json
          arn:aws:s3:::b/locks/arn_aws_x.json                 | arn:aws:s3:::b/locks/rule.json
          arn:aws:s3:::b/approvals/0f1e.json                  | arn:aws:s3:::b/approvals/question.json
          arn:aws:s3:::b                                      | arn:aws:s3:::b
          arn:aws:s3:::crossfade-artifacts-test/nothing       | arn:aws:s3:::crossfade-artifacts-test/build/release
          arn:aws:x:r:1:listener-rule/app/site/0123456789abcdef/0123456789abcdee/0123456789abcdea | arn:aws:x:r:1:listener-rule/app/site/0000000000000000/0000000000000000/0000000000000000
          arn:aws:iam::1:role/site-task                       | arn:aws:iam::1:role/site-task
          """)
  void oneNameStandsForAllOfAKind(String resource, String shape) {
    assertThat(Shape.of(resource)).isEqualTo(shape);
    assertThat(Shape.of(shape)).isEqualTo(shape);
  }

  @Test
  void whoArguesDoesSoInASentence() {
    assertThatThrownBy(() -> new Argued.EveryResource("ecs:StopTask", "because"))
        .hasMessage("ecs:StopTask is argued for by a sentence, or not at all");
  }
}
