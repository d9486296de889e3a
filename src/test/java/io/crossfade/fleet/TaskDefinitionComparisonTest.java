package io.crossfade.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskDefinitionComparisonTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"cpu": "256"} | {"cpu": "256"}
          {"volumes": []} | {}
          {"volumes": [], "runtimePlatform": {}, "pidMode": null} | {}
          {} | {"enableFaultInjection": false}
          {} | {"a": null, "b": "", "c": [], "d": {}, "e": {"f": false}}
          {"volumes": [{"name": "X"}, {"name": "Y"}]} | {"volumes": [{"name": "Y"}, {"name": "X"}]}
          {"volumes": [{"name": "X"}, {"name": "Y"}]} | {"volumes": [{"name": "Y", "new": false}, {"name": "X", "new": false}]}
          {"requiresCompatibilities": ["EC2", "FARGATE"]} | {"requiresCompatibilities": ["FARGATE", "EC2"]}
          {"tags": [{"key": "a", "value": "1"}, {"key": "b", "value": "2"}]} | {"tags": [{"key": "b", "value": "2"}, {"key": "a", "value": "1"}]}
          {"containerDefinitions": [{"name": "a"}, {"name": "b"}]} | {"containerDefinitions": [{"name": "b"}, {"name": "a"}]}
          {"c": {"environment": [{"name": "B", "value": "2"}, {"name": "A", "value": ""}]}} | {"c": {"environment": [{"name": "A", "value": ""}, {"name": "B", "value": "2"}]}}
          {"c": {"portMappings": [{"containerPort": 80}, {"containerPort": 9}]}} | {"c": {"portMappings": [{"appProtocol": "", "containerPort": 9}, {"appProtocol": "", "containerPort": 80}]}}
          {"c": {"dependsOn": [{"containerName": "b"}, {"containerName": "a"}]}} | {"c": {"dependsOn": [{"containerName": "a"}, {"containerName": "b"}]}}
          """)
  void theseAreTheSame(String sent, String answered) throws IOException {
    assertThat(differences(sent, answered)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"c": {"command": ["a", "b"]}} | {"c": {"command": ["b", "a"]}}
          {"c": {"entryPoint": ["sh", "-c"]}} | {"c": {"entryPoint": ["-c", "sh"]}}
          {"c": {"healthCheck": {"command": ["CMD", "x"]}}} | {"c": {"healthCheck": {"command": ["x", "CMD"]}}}
          {"c": {"dnsServers": ["1", "2"]}} | {"c": {"dnsServers": ["2", "1"]}}
          {"c": {"dnsSearchDomains": ["a", "b"]}} | {"c": {"dnsSearchDomains": ["b", "a"]}}
          {"c": {"links": ["a", "b"]}} | {"c": {"links": ["b", "a"]}}
          {"c": {"extraHosts": [{"hostname": "a"}, {"hostname": "b"}]}} | {"c": {"extraHosts": [{"hostname": "b"}, {"hostname": "a"}]}}
          {"c": {"environmentFiles": [{"value": "a"}, {"value": "b"}]}} | {"c": {"environmentFiles": [{"value": "b"}, {"value": "a"}]}}
          {"c": {"mountOptions": ["ro", "rw"]}} | {"c": {"mountOptions": ["rw", "ro"]}}
          {"c": {"whatComesNext": ["a", "b"]}} | {"c": {"whatComesNext": ["b", "a"]}}
          {"c": {"environment": [{"name": "A", "value": "1"}, {"name": "A", "value": "2"}]}} | {"c": {"environment": [{"name": "A", "value": "2"}, {"name": "A", "value": "1"}]}}
          {"c": {"environment": [{"name": "A", "value": ""}]}} | {"c": {"environment": [{"name": "A"}]}}
          {"c": {"essential": false}} | {"c": {}}
          {"c": {"command": ["a, b"]}} | {"c": {"command": ["a", "b"]}}
          {"c": {"volumes": [{"name": "X"}]}} | {"c": {"volumes": [{"name": "X"}, {"name": "X"}]}}
          {"c": {"cpu": 0}} | {"c": {"cpu": 1}}
          {"c": {}} | {"c": {"user": "root"}}
          {"c": {"a": "x"}} | {}
          {"c": {"a": ["x"]}} | {"c": {"a": {"x": 1}}}
          """)
  void theseAreNot(String sent, String answered) throws IOException {
    assertThat(differences(sent, answered)).containsExactly("c");
  }

  private static Set<String> differences(String sent, String answered) throws IOException {
    return TaskDefinitionComparison.differences(json(sent), json(answered));
  }

  private static Map<String, Object> json(String text) throws IOException {
    return new ObjectMapper().readValue(text, new TypeReference<Map<String, Object>>() {});
  }
}
