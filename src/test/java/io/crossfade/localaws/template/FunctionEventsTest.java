package io.crossfade.localaws.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionEventsTest {
  @TempDir Path folder;

  private ResolvedTemplate resolved(String event, String api) throws IOException {
    String text =
        """
        Resources:
          Api: {Type: "AWS::Serverless::HttpApi", Properties: {%s}}
          Fn:
            Type: AWS::Serverless::Function
            Properties:
              Events:
                Clicked: {%s}
        Outputs:
          Url: {Value: !Sub "https://${Api}.execute-api.${AWS::Region}.amazonaws.com/slack"}
          Endpoint: {Value: !GetAtt Api.ApiEndpoint}
        """
            .formatted(api, event);
    return Template.load(Files.writeString(folder.resolve("template.yaml"), text))
        .resolve(Map.of());
  }

  @Test
  void httpApiEventIsARoute() throws Exception {
    ResolvedTemplate template =
        resolved(
            "Type: HttpApi, Properties: {ApiId: !Ref Api, Method: post, Path: /slack}",
            "StageName: $default");
    HttpApiResource api = template.httpApis().get(0);
    assertThat(api.logicalId()).isEqualTo("Api");
    assertThat(api.id()).matches("[a-z0-9]{10}").isEqualTo(template.ref("Api"));
    assertThat(api.routes())
        .containsExactly(new HttpRoute(api.id(), "crossfade-Fn", "POST", "/slack"));
    assertThat(template.outputs())
        .containsEntry(
            "Url", "https://" + api.id() + ".execute-api.eu-central-1.amazonaws.com/slack")
        .containsEntry(
            "Endpoint", "https://" + api.id() + ".execute-api.eu-central-1.amazonaws.com");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Type: Schedule, Properties: {Schedule: rate(1 day)}                                           | Fn: a schedule needs an Input and a rate of minutes, found rate(1 day)
          Type: Api, Properties: {Path: /a, Method: get}                                                | Fn: event type not emulated: Api (Clicked)
          Type: HttpApi, Properties: {Path: /a, Method: get}                                            | Fn: an HttpApi event needs ApiId
          Type: HttpApi, Properties: {ApiId: x, Path: /a}                                               | Fn: an HttpApi event needs Method
          Type: HttpApi, Properties: {ApiId: x, Method: get}                                            | Fn: an HttpApi event needs Path
          Type: HttpApi, Properties: {ApiId: x, Method: get, Path: "/{id}"}                             | Fn: not emulated: HttpApi path /{id}
          Type: HttpApi, Properties: {ApiId: x, Method: get, Path: /a, Auth: {Authorizer: NONE}}        | Fn: not emulated: Auth in HttpApi event
          Type: HttpApi, Properties: {ApiId: x, Method: get, Path: /a, PayloadFormatVersion: "1.0"}     | Fn: not emulated: PayloadFormatVersion 1.0
          """)
  void eventThatIsNotEmulatedIsRefusedByName(String event, String message) {
    assertThatThrownBy(() -> resolved(event, "Name: api"))
        .isInstanceOf(TemplateError.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          StageName: prod                     | not emulated: StageName prod (Api)
          CorsConfiguration: true             | not emulated: CorsConfiguration in Api
          Auth: {DefaultAuthorizer: x}        | not emulated: Auth {"DefaultAuthorizer":"x"} (Api)
          Auth: {EnableIamAuthorizer: true}   | not emulated: Auth {"EnableIamAuthorizer":true} (Api)
          Auth: {Authorizers: {}}             | not emulated: Authorizers in Api
          """)
  void apiThatIsNotEmulatedIsRefusedByName(String properties, String message) throws Exception {
    ResolvedTemplate template =
        resolved("Type: HttpApi, Properties: {ApiId: x, Method: get, Path: /a}", properties);
    assertThatThrownBy(template::httpApis).isInstanceOf(TemplateError.class).hasMessage(message);
  }
}
