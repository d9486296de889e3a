package io.crossfade.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import io.crossfade.localaws.wire.Exchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same made-up service in every protocol, and a store with buckets and objects. */
class ExchangeCheckTest {
  private static final String SHAPES =
      """
      "operations": {"Shift": {"name": "Shift", "input": {"shape": "In"},
        "output": {"shape": "Out", "resultWrapper": "ShiftResult"}, "errors": [{"shape": "Gone"}]}},
      "shapes": {
        "In": {"type": "structure", "required": ["Rule"], "members": {
          "Rule": {"shape": "Text"}, "Groups": {"shape": "Groups"}, "Tags": {"shape": "Tags"}}},
        "Out": {"type": "structure", "members": {
          "At": {"shape": "Time"}, "On": {"shape": "Flag"}, "Groups": {"shape": "Groups"}}},
        "Gone": {"type": "structure", "members": {"Message": {"shape": "Text"}}, "exception": true,
          "error": {"code": "GroupGone", "httpStatusCode": 404}},
        "Groups": {"type": "list", "member": {"shape": "Group"}},
        "Group": {"type": "structure", "members": {"Weight": {"shape": "Weight"}}},
        "Tags": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Text"}},
        "Weight": {"type": "integer", "max": 999},
        "Text": {"type": "string"}, "Time": {"type": "timestamp"}, "Flag": {"type": "boolean"}}}
      """;
  private static final String STORE =
      """
      {"metadata": {"protocol": "rest-xml", "endpointPrefix": "store"},
       "operations": {
         "PutThing": {"name": "PutThing", "http": {"method": "PUT", "requestUri": "/{Bucket}/{Key+}"},
           "input": {"shape": "Put"}, "output": {"shape": "Done"}},
         "CopyThing": {"name": "CopyThing",
           "http": {"method": "PUT", "requestUri": "/{Bucket}/{Key+}"}, "input": {"shape": "Copy"}},
         "List": {"name": "List", "http": {"method": "GET", "requestUri": "/{Bucket}?list=2"},
           "input": {"shape": "Ask"}, "output": {"shape": "Listed"}},
         "Get": {"name": "Get", "http": {"method": "GET", "requestUri": "/{Bucket}?acl"}}},
       "shapes": {
         "Put": {"type": "structure", "required": ["Bucket", "Key"], "payload": "Body", "members": {
           "Bucket": {"shape": "Name", "location": "uri", "locationName": "Bucket"},
           "Key": {"shape": "Name", "location": "uri", "locationName": "Key"},
           "Acl": {"shape": "Acl", "location": "header", "locationName": "x-amz-acl"},
           "Metadata": {"shape": "Map", "location": "headers", "locationName": "x-amz-meta-"},
           "Body": {"shape": "Body"}}},
         "Copy": {"type": "structure", "required": ["From"], "members": {
           "From": {"shape": "Name", "location": "header", "locationName": "x-amz-copy-source"}}},
         "Done": {"type": "structure", "members": {
           "ETag": {"shape": "Name", "location": "header", "locationName": "ETag"}}},
         "Ask": {"type": "structure", "members": {
           "Bucket": {"shape": "Name", "location": "uri", "locationName": "Bucket"},
           "Max": {"shape": "Max", "location": "querystring", "locationName": "max-keys"}}},
         "Listed": {"type": "structure", "members": {"Contents": {"shape": "Things"}}},
         "Things": {"type": "list", "flattened": true, "member": {"shape": "Thing"}},
         "Thing": {"type": "structure", "members": {"Size": {"shape": "Max"}}},
         "Map": {"type": "map", "key": {"shape": "Name"}, "value": {"shape": "Name"}},
         "Name": {"type": "string", "max": 40}, "Max": {"type": "integer"},
         "Acl": {"type": "string", "enum": ["private"]}, "Body": {"type": "blob"}}}
      """;
  private static final ExchangeCheck CHECK =
      new ExchangeCheck(
          List.of(
              shift("json", "json", "\"jsonVersion\": \"1.1\", \"targetPrefix\": \"Json_V1\""),
              shift("cbor", "smithy-rpc-v2-cbor", "\"targetPrefix\": \"Cbor_V1\""),
              shift("query", "query", "\"apiVersion\": \"2015\", \"xmlNamespace\": \"http://q/\""),
              model(STORE)));

  private static ServiceModel shift(String name, String protocol, String metadata) {
    return model(
        """
        {"metadata": {"endpointPrefix": "%s", "protocol": "%s", "protocols": ["%s"], %s}, %s
        """
            .formatted(name, protocol, protocol, metadata, SHAPES));
  }

  private static ServiceModel model(String json) {
    try {
      return new ServiceModel(new ObjectMapper().readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Map<String, String> signed(String service, Map<String, String> more) {
    Map<String, String> headers = new HashMap<>(more);
    headers.put(
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=key/20260101/eu-central-1/" + service + "/aws4_request, S=1");
    return headers;
  }

  private static byte[] bytes(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] cbor(String json) {
    try {
      return new ObjectMapper(new CBORFactory())
          .writeValueAsBytes(new ObjectMapper().readTree(bytes(json)));
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String findings(Exchange exchange) {
    return String.join("; ", CHECK.check(exchange).findings());
  }

  private static Exchange json(String target, String body, int status, String response) {
    Map<String, String> type = Map.of("Content-Type", "application/x-amz-json-1.1");
    Map<String, String> headers = new HashMap<>(type);
    headers.put("x-amz-target", target);
    return new Exchange(
        "POST", "/", signed("json", headers), bytes(body), status, type, bytes(response));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Json_V1.Shift | {'Rule': 'r'}     | 200 | {'At': 1.5}  | ``
          Json_V1.Shift | {'Rule': 'r', 'Groups': [{'Weight': 1000}]} | 200 | {} | request: Groups[].Weight must be at most 999, is 1000
          Json_V1.Shift | {'Rule': 'r'}     | 200 | {'At': 'x'}  | response: At must be a timestamp, is "x"
          Json_V1.Shift | {'Rule': 'r'}     | 200 | {'Att': 1}   | response: Att is unknown to the model
          Json_V1.Shift | {}                | 200 | {}           | request: Rule is required and missing
          Json_V1.Shift | {                 | 200 | {}           | request: not JSON
          Json_V2.Shift | {'Rule': 'r'}     | 200 | {}           | request: must be sent to Json_V1.Shift, not to Json_V2.Shift
          Json_V1.Turn  | {}                | 200 | {}           | the model has no such operation
          Json_V1.Turn  | {}                | 501 | {}           | ``
          Json_V1.Shift | {}                | 400 | {'__type': 'x#ValidationException'} | ``
          Json_V1.Shift | {}                | 404 | {'__type': 'x#Gone', 'message': 'm'} | ``
          Json_V1.Shift | {}                | 400 | {'__type': 'x#Gone'}   | error: Gone must have the status 404, has 400
          Json_V1.Shift | {}                | 404 | {'__type': 'x#Gone', 'more': 1} | error: more is unknown to the model
          Json_V1.Shift | {}                | 400 | {'__type': 'x#Lost'}   | error: the operation has no error Lost
          Json_V1.Shift | {}                | 500 | {'__type': 'x#InternalFailure'} | request: Rule is required and missing
          """)
  void jsonIsHeldAgainstTheModel(
      String target, String body, int status, String response, String finding) {
    assertThat(findings(json(target, body, status, response))).startsWith(finding);
    assertThat(findings(json(target, body, status, response)).isEmpty())
        .isEqualTo(finding.isEmpty());
  }

  @Test
  void aRefusedRequestIsNotJudged() {
    String refusal = "{'__type': 'ValidationException'}";
    assertThat(CHECK.check(json("Json_V1.Shift", "{}", 400, refusal)))
        .isEqualTo(new ExchangeCheck.Result("json:Shift", true, List.of()));
  }

  @Test
  void aContentTypeIsPartOfTheProtocol() {
    Exchange right = json("Json_V1.Shift", "{'Rule': 'r'}", 200, "{}");
    Map<String, String> old = Map.of("Content-Type", "application/x-amz-json-1.0");
    Exchange wrong =
        new Exchange(
            right.method(),
            right.uri(),
            right.headers(),
            right.body(),
            200,
            old,
            right.responseBody());
    assertThat(findings(wrong))
        .isEqualTo(
            "response: Content-Type must be application/x-amz-json-1.1,"
                + " is application/x-amz-json-1.0");
  }

  @Test
  void aServiceWithoutAModelIsFound() {
    Exchange other =
        new Exchange("GET", "/", signed("ec2", Map.of()), bytes(""), 200, Map.of(), bytes(""));
    assertThat(CHECK.check(other).operation()).isEqualTo("ec2");
    assertThat(findings(other)).contains("no model");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          /service/Cbor_V1/operation/Shift | {'Rule': 'r'} | {'On': true} | ``
          /service/Cbor_V2/operation/Shift | {'Rule': 'r'} | {}           | request: must be sent to /service/Cbor_V1/operation/Shift, not to /service/Cbor_V2/operation/Shift
          /service/Cbor_V1/operation/Shift | {'Rule': 1}   | {}           | request: Rule must be a string, is 1
          /service/Cbor_V1/operation/Shift | {'Rule': 'r'} | {'On': 1}    | response: On must be true or false, is 1
          """)
  void cborIsHeldAgainstTheModel(String uri, String body, String response, String finding) {
    Map<String, String> type = Map.of("Content-Type", "application/cbor");
    Map<String, String> headers = new HashMap<>(type);
    headers.put("Smithy-Protocol", "rpc-v2-cbor");
    Exchange exchange =
        new Exchange("POST", uri, signed("cbor", headers), cbor(body), 200, type, cbor(response));
    assertThat(findings(exchange)).isEqualTo(finding);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Rule=r&Groups.member.1.Weight=5&Tags.entry.1.key=a&Tags.entry.1.value=b | ``
          Rule=r&Groups=                      | ``
          Groups.member.1.Weight=5            | request: Rule is required and missing
          Rule=r&Groups.member.1.Weight=1000  | request: Groups[].Weight must be at most 999, is 1000
          Rule=r&Groups.member.1.Weight=x     | request: Groups[].Weight must be a whole number, is "x"
          Rule=r&Groups.member.2.Weight=5     | request: Groups must be a list
          Rule=r&Groups.1.Weight=5            | request: Groups must be a list
          Rule=r&Rulle=x                      | request: Rulle is unknown to the model
          """)
  void queryParametersAreHeldAgainstTheModel(String parameters, String finding) {
    Exchange exchange = query("Version=2015&" + parameters, 200, envelope(""));
    assertThat(findings(exchange)).startsWith(finding);
    assertThat(findings(exchange).isEmpty()).isEqualTo(finding.isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          <On>true</On><At>2026-01-01T00:00:00Z</At>                          | ``
          <Groups><member><Weight>5</Weight></member><member/></Groups>       | ``
          <On>yes</On>                                                        | response: On must be true or false, is "yes"
          <At>1.5</At>                                                        | response: At must be a timestamp, is "1.5"
          <Off>true</Off>                                                     | response: Off is unknown to the model
          <On>true</On><On>true</On>                                          | response: On must be true or false, is "stands twice"
          <Groups><group><Weight>5</Weight></group></Groups>                  | response: Groups must be a list, is "5"
          <Groups><member><Weight>1000</Weight></member></Groups>             | response: Groups[].Weight must be at most 999, is 1000
          """)
  void xmlIsHeldAgainstTheModel(String members, String finding) {
    assertThat(findings(query("Version=2015&Rule=r", 200, envelope(members)))).isEqualTo(finding);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Version=2015 | 200 | <ShiftResponse xmlns="http://q/"/>          | ``
          Version=2014 | 200 | <ShiftResponse xmlns="http://q/"/>          | request: Version must be 2015, is 2014
          Version=2015 | 200 | <Shift xmlns="http://q/"/>                  | response: must be the element ShiftResponse, is Shift
          Version=2015 | 200 | <ShiftResponse xmlns="http://r/"/>          | response: must be of the namespace http://q/, is of http://r/
          Version=2015 | 200 | <ShiftResponse xmlns="http://q/"><On/></ShiftResponse> | response: must not hold the element On
          Version=2015 | 404 | <ErrorResponse xmlns="http://q/"><Error><Code>GroupGone</Code></Error></ErrorResponse> | ``
          Version=2015 | 400 | <ErrorResponse xmlns="http://q/"><Error><Code>GroupLost</Code></Error></ErrorResponse> | error: the operation has no error GroupLost
          Version=2015 | 400 | <ErrorResponse xmlns="http://q/"/>          | error: has no code
          Version=2015 | 200 | nothing                                     | response: not XML
          """)
  void theQueryEnvelopeIsHeldAgainstTheModel(
      String version, int status, String response, String finding) {
    String found = findings(query(version + "&Rule=r", status, response));
    assertThat(found).startsWith(finding);
    assertThat(found.isEmpty()).isEqualTo(finding.isEmpty());
  }

  private static Exchange query(String form, int status, String response) {
    return new Exchange(
        "POST",
        "/",
        signed("query", Map.of()),
        bytes("Action=Shift&" + form),
        status,
        Map.of("Content-Type", "text/xml"),
        response.getBytes(StandardCharsets.UTF_8));
  }

  private static String envelope(String members) {
    return "<ShiftResponse xmlns=\"http://q/\"><ShiftResult>%s</ShiftResult></ShiftResponse>"
        .formatted(members);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          PUT | /b/a/k?x-id=PutThing | x-amz-acl         | private | 200 | ``         | ``
          PUT | /b/a/k               | x-amz-meta-a      | any     | 200 | ``         | ``
          PUT | /b/a/k               | x-amz-checksum-a  | any     | 200 | ``         | ``
          PUT | /b/a/k               | x-amz-acl         | public  | 200 | ``         | request: Acl is none of the model's values: "public"
          PUT | /b/a/k               | x-amz-new         | any     | 200 | ``         | request: x-amz-new is unknown to the model
          PUT | /b/a/k?versionId=1   | x-amz-date        | any     | 200 | ``         | request: ?versionId is unknown to the model
          PUT | /b/a/k               | x-amz-date        | any     | 204 | ``         | response: must have the status 200, has 204
          GET | /b?list=2&max-keys=1 | x-amz-date        | any     | 200 | <L><Contents><Size>1</Size></Contents><Contents/></L> | ``
          GET | /b?list=2&max-keys=x | x-amz-date        | any     | 200 | <L/>       | request: Max must be a whole number, is "x"
          GET | /b?list=2            | x-amz-date        | any     | 200 | <L><Contents><Size>x</Size></Contents></L> | response: Contents[].Size must be a whole number, is "x"
          GET | /b?list=1            | x-amz-date        | any     | 200 | <L/>       | the model has no such operation
          """)
  void restIsHeldAgainstTheModel(
      String method,
      String uri,
      String header,
      String value,
      int status,
      String response,
      String finding) {
    Exchange exchange =
        new Exchange(
            method,
            uri,
            signed("store", Map.of(header, value)),
            bytes(""),
            status,
            Map.of("Content-Type", "application/xml"),
            bytes(response));
    assertThat(findings(exchange)).isEqualTo(finding);
  }

  @Test
  void anOperationMayDifferByAHeaderAlone() {
    Exchange copy =
        new Exchange(
            "PUT",
            "/b/k",
            signed("store", Map.of("x-amz-copy-source", "a/b")),
            bytes(""),
            200,
            Map.of(),
            bytes(""));
    assertThat(CHECK.check(copy).operation()).isEqualTo("store:CopyThing");
  }
}
