package io.crossfade.infrastructure;

import static io.crossfade.infrastructure.StackTemplate.map;
import static io.crossfade.infrastructure.StackTemplate.maps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossfade.infrastructure.StackTemplate.Reference;
import io.crossfade.release.Colour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the linters do not see: how the templates fit each other, the documents and the code. */
class TemplatesTest {
  private static final String NETWORK = "infrastructure/network.yaml";
  private static final String SITE = "infrastructure/site.yaml";
  private static final String PIPELINE = "infrastructure/pipeline.yaml";
  private static final String CERTIFICATE = "infrastructure/certificate.yaml";
  private static final String TEST_RULE = "infrastructure/test-rule.yaml";
  private static final List<String> APPLICATIONS = List.of("Frontend", "Backend");
  private static final List<String> COLOURS = List.of("Blue", "Green");

  /** The types of what a release writes. */
  private static final Set<String> WRITTEN_BY_RELEASES =
      Set.of(
          "AWS::ElasticLoadBalancingV2::ListenerRule",
          "AWS::ECS::Service",
          "AWS::ECS::TaskDefinition",
          "AWS::ApplicationAutoScaling::ScalableTarget");

  private static Tool.Run lint;

  private final StackTemplate network = StackTemplate.load(NETWORK);
  private final StackTemplate site = StackTemplate.load(SITE);
  private final StackTemplate pipeline = StackTemplate.load(PIPELINE);
  private final StackTemplate releases = StackTemplate.load("template.yaml");

  // The tools, where they are installed.

  @ParameterizedTest
  @ValueSource(strings = {NETWORK, SITE, PIPELINE, CERTIFICATE, TEST_RULE, "template.yaml"})
  void cfnLintFindsNothing(String file) {
    Tool.require(
        lint != null,
        "cfn-lint is not installed (pip install cfn-lint): %s is not linted".formatted(file));
    assertThat(lint.output().lines().filter(line -> line.contains(file))).isEmpty();
    assertThat(lint.exit()).as(lint.output()).isZero();
  }

  /** Of all templates at once: most of the time it takes is its own start. */
  @BeforeAll
  static void lint() {
    if (Tool.starts("cfn-lint", "--version")) {
      List<String> command =
          List.of(
              "cfn-lint",
              "-f",
              "parseable",
              "-r",
              "eu-central-1",
              "-t",
              NETWORK,
              SITE,
              PIPELINE,
              CERTIFICATE,
              TEST_RULE,
              "template.yaml");
      lint = Tool.run(command, Map.of(), Path.of(""));
    }
  }

  @Test
  void samTranslatorAcceptsTheReleasingStack() {
    Tool.Run run =
        Tool.starts("python3", "--version")
            ? Tool.run(
                List.of(
                    "python3", "src/test/resources/infrastructure/translate.py", "template.yaml"),
                Map.of(),
                Path.of(""))
            : new Tool.Run(77, "not installed: python3");
    Tool.require(
        run.exit() != 77,
        "the SAM translator is not installed (pip install aws-sam-translator): " + run.output());
    assertThat(run.exit()).as(run.output()).isZero();
  }

  @Test
  void samAddsTheManagedPoliciesThatTheDocumentNames() throws IOException {
    Tool.Run run =
        Tool.run(
            List.of("python3", "src/test/resources/infrastructure/translate.py", "template.yaml"),
            Map.of(),
            Path.of(""));
    Tool.require(run.exit() == 0, "no SAM translator: its managed policies are not compared");
    String document = Files.readString(Path.of("docs/permissions.md"));
    String added = run.output().lines().skip(1).findFirst().orElseThrow();
    assertThat(added.replace("managed policies: ", "").split(", "))
        .hasSize(2)
        .allSatisfy(policy -> assertThat(document).contains("| `" + policy + "` |"));
  }

  /**
   * A version keeps its environment, and SAM publishes none when only a parameter's value changes:
   * whoever was removed from the approvers could go on approving.
   */
  @Test
  void noFunctionIsPublishedAsAVersion() throws IOException {
    assertThat(Files.readString(Path.of("template.yaml")))
        .doesNotContain("AutoPublishAlias", "SnapStart", "AWS::Lambda::Version");
  }

  // Each template by itself.

  @ParameterizedTest
  @ValueSource(strings = {NETWORK, SITE, PIPELINE, CERTIFICATE, TEST_RULE, "template.yaml"})
  void nothingOfAFailedCreationStaysInTheWay(String file) {
    StackTemplate.load(file)
        .section("Resources")
        .values()
        .forEach(
            resource -> assertThat(map(resource)).doesNotContainEntry("DeletionPolicy", "Retain"));
  }

  @ParameterizedTest
  @ValueSource(strings = {NETWORK, SITE, PIPELINE, CERTIFICATE, TEST_RULE})
  void fitsIntoOneApiCall(String file) throws IOException {
    assertThat(Files.size(Path.of(file))).isLessThanOrEqualTo(51_200);
  }

  @ParameterizedTest
  @ValueSource(strings = {NETWORK, SITE, PIPELINE, CERTIFICATE, TEST_RULE, "template.yaml"})
  void everyReferenceResolves(String file) {
    StackTemplate template = StackTemplate.load(file);
    Set<String> resources = template.section("Resources").keySet();
    Set<String> named = new HashSet<>(resources);
    named.addAll(template.section("Parameters").keySet());
    Set<String> conditions = template.section("Conditions").keySet();
    List<Reference> broken =
        template.references().stream()
            .filter(reference -> !reference.name().startsWith("AWS::"))
            .filter(
                reference ->
                    switch (reference.kind()) {
                      case "Ref" -> !named.contains(reference.name());
                      case "GetAtt" -> !resources.contains(reference.name());
                      default -> !conditions.contains(reference.name());
                    })
            .toList();
    assertThat(broken).isEmpty();
    assertThat(template.references()).hasSizeGreaterThan(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {NETWORK, SITE, PIPELINE, CERTIFICATE, TEST_RULE, "template.yaml"})
  void everyParameterAndConditionIsUsed(String file) {
    StackTemplate template = StackTemplate.load(file);
    Set<String> used =
        template.references().stream().map(Reference::name).collect(Collectors.toSet());
    template.imports().forEach(text -> used.addAll(StackTemplate.substitutions(text)));
    StackTemplate.walk(
        "",
        template.root().getOrDefault("Globals", Map.of()),
        (where, node) -> addRefs(node, used));
    assertThat(template.section("Parameters")).isNotEmpty();
    assertThat(used).containsAll(template.section("Parameters").keySet());
    assertThat(used).containsAll(template.section("Conditions").keySet());
  }

  private static void addRefs(Map<String, Object> node, Set<String> used) {
    used.add(String.valueOf(node.get("Ref")));
    if (node.get("Fn::If") instanceof List<?> parts) {
      used.add(String.valueOf(parts.get(0)));
    }
  }

  // The templates with each other.

  @Test
  void siteImportsWhatTheNetworkExports() {
    assertThat(site.imports())
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(
            network.exports().stream()
                .map(name -> name.replace("AWS::StackName", "NetworkStack"))
                .toList());
    assertThat(site.parameter("NetworkStack").get("Default")).isEqualTo("booking-network");
  }

  @Test
  void pipelineImportsWhatTheSiteExports() {
    Set<String> needed = new TreeSet<>();
    for (Object application : (List<?>) pipeline.parameter("Application").get("AllowedValues")) {
      pipeline
          .imports()
          .forEach(name -> needed.add(name.replace("${Application}", String.valueOf(application))));
    }
    assertThat(needed)
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(
            site.exports().stream()
                .map(name -> name.replace("AWS::StackName", "SiteStack"))
                .toList());
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          Cluster,          booking
          LoadBalancerName, booki-LoadB-1A2B3C4D5E6F
          TaskRoleName,     booking-tasks/*
          """)
  void siteTellsTheReleasingStackItsParameters(String parameter, String value) {
    assertThat(site.section("Outputs")).containsKey(parameter);
    String pattern = String.valueOf(releases.parameter(parameter).get("AllowedPattern"));
    assertThat(value).matches(pattern);
  }

  @Test
  void taskRolesHaveThePathThatTheReleasingStackMayPass() {
    Object name = map(map(site.section("Outputs").get("TaskRoleName")).get("Value")).get("Fn::Sub");
    assertThat(name).isEqualTo("${SiteName}-tasks/*");
    assertThat(site.resourcesOfType("AWS::IAM::Role"))
        .isNotEmpty()
        .allSatisfy(
            role ->
                assertThat(map(site.properties(role).get("Path")).get("Fn::Sub"))
                    .isEqualTo("/${SiteName}-tasks/"));
  }

  @Test
  void releasingStackMayReadThePipelinesArtifacts() {
    String pattern = String.valueOf(releases.parameter("ArtifactBucket").get("Default"));
    Object bucket =
        ((List<?>) map(pipeline.properties("ArtifactBucket").get("BucketName")).get("Fn::Sub"))
            .get(0);
    assertThat(pattern).isEqualTo("crossfade-artifacts-*");
    assertThat(String.valueOf(bucket)).startsWith(pattern.replace("*", ""));
    String longest =
        String.valueOf(bucket)
            .replace("${Unique}", "0123456789ab")
            .replace("${Application}", "frontend");
    assertThat(longest).hasSizeLessThanOrEqualTo(63);
  }

  // The documents.

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          infrastructure/site.yaml,    FrontendCpu,            512
          infrastructure/site.yaml,    FrontendMemory,         1024
          infrastructure/site.yaml,    FrontendMin,            0
          infrastructure/site.yaml,    FrontendDesired,        2
          infrastructure/site.yaml,    FrontendMax,            4
          infrastructure/site.yaml,    BackendCpu,             1024
          infrastructure/site.yaml,    BackendMemory,          2048
          infrastructure/site.yaml,    BackendMin,             0
          infrastructure/site.yaml,    BackendDesired,         2
          infrastructure/site.yaml,    BackendMax,             6
          infrastructure/site.yaml,    DatabaseClass,          db.t3.micro
          infrastructure/site.yaml,    DatabaseStorageType,    gp2
          infrastructure/site.yaml,    DatabaseStorage,        30
          infrastructure/site.yaml,    DatabaseStorageCeiling, 100
          infrastructure/site.yaml,    FrontendLive,           blue
          infrastructure/site.yaml,    BackendLive,            blue
          infrastructure/site.yaml,    Counts,                 as-installed
          infrastructure/network.yaml, BastionType,            t3.micro
          infrastructure/pipeline.yaml, Branch,                master
          infrastructure/pipeline.yaml, BuildSpec,             buildspec.yml
          """)
  void defaultIsTheDocuments(String file, String parameter, String expected) {
    assertThat(String.valueOf(StackTemplate.load(file).parameter(parameter).get("Default")))
        .isEqualTo(expected);
  }

  @Test
  void productionSizesAreParametersOfTheSite() throws IOException {
    JsonNode production =
        new ObjectMapper().readTree(Path.of("infrastructure/site-production.json").toFile());
    Map<String, String> values =
        Stream.iterate(0, i -> i < production.size(), i -> i + 1)
            .map(i -> production.get(i).asText().split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    assertThat(site.section("Parameters")).containsKeys(values.keySet().toArray(String[]::new));
    assertThat(values)
        .containsEntry("DatabaseClass", "db.t4g.large")
        .containsEntry("DatabaseStorageType", "gp3")
        .containsEntry("DatabaseStorage", "30")
        .containsEntry("DatabaseStorageCeiling", "200")
        .containsEntry("DatabaseMultiAz", "true")
        .containsEntry("FrontendMin", "2")
        .containsEntry("BackendMin", "2");
  }

  // What a release expects of the site.

  @Test
  void servicesHaveTheNamesAndTheControllerThatAReleaseExpects() {
    for (String application : APPLICATIONS) {
      String base = application.toLowerCase();
      for (Colour colour : Colour.values()) {
        Map<String, Object> service =
            site.properties(application + COLOURS.get(colour.ordinal()) + "Service");
        assertThat(service).containsEntry("ServiceName", colour.serviceOf(base));
        assertThat(map(service.get("DeploymentController"))).containsEntry("Type", "ECS");
        assertThat(map(service.get("DeploymentConfiguration")))
            .containsEntry("Strategy", "ROLLING");
      }
    }
    assertThat(pipeline.parameter("Application").get("AllowedValues"))
        .isEqualTo(APPLICATIONS.stream().map(String::toLowerCase).toList());
  }

  @Test
  void ruleForwardsToBothGroupsOfItsServices() {
    for (String application : APPLICATIONS) {
      Map<String, Object> action =
          maps(site.properties(application + "Rule").get("Actions")).get(0);
      List<Map<String, Object>> groups = maps(map(action.get("ForwardConfig")).get("TargetGroups"));
      for (int i = 0; i < COLOURS.size(); i++) {
        String id = application + COLOURS.get(i) + "TargetGroup";
        assertThat(groups.get(i).get("TargetGroupArn")).isEqualTo(Map.of("Ref", id));
        assertThat(map(groups.get(i).get("Weight")).get("Fn::If"))
            .isEqualTo(
                i == 0
                    ? List.of(application + "BlueIsLive", 100, 0)
                    : List.of(application + "BlueIsLive", 0, 100));
        Map<String, Object> service = site.properties(application + COLOURS.get(i) + "Service");
        assertThat(maps(service.get("LoadBalancers")).get(0).get("TargetGroupArn"))
            .isEqualTo(Map.of("Ref", id));
      }
    }
    assertThat(site.properties("BackendRule").get("Priority")).isEqualTo(100);
    assertThat(site.properties("FrontendRule").get("Priority")).isEqualTo(200);
  }

  /** A visitor who finds the header's name still lacks its value, which has no wildcard. */
  @Test
  void theTestRuleLeadsToTheStableGroupAloneAndIsTakenByASecret() {
    StackTemplate template = StackTemplate.load(TEST_RULE);
    Map<String, Object> rule = template.properties("Rule");
    Map<String, Object> header = map(maps(rule.get("Conditions")).get(1).get("HttpHeaderConfig"));
    assertThat(header.get("Values"))
        .isEqualTo(List.of(Map.of("Fn::Sub", "{{resolve:secretsmanager:${Secret}}}")));
    assertThat(map(template.properties("Secret").get("GenerateSecretString")))
        .containsEntry("ExcludePunctuation", true);
    Map<String, Object> action = maps(rule.get("Actions")).get(0);
    assertThat(maps(map(action.get("ForwardConfig")).get("TargetGroups")))
        .extracting(group -> map(group.get("Weight")).get("Fn::If"))
        .containsExactly(List.of("BlueIsLive", 100, 0), List.of("BlueIsLive", 0, 100));
  }

  @Test
  void containerThatChangesIsTheOneBehindTheTargetGroup() {
    for (String application : APPLICATIONS) {
      Map<String, Object> definition = site.properties(application + "TaskDefinition");
      Object container = maps(definition.get("ContainerDefinitions")).get(0).get("Name");
      for (String colour : COLOURS) {
        Map<String, Object> service = site.properties(application + colour + "Service");
        assertThat(maps(service.get("LoadBalancers")).get(0))
            .containsEntry("ContainerName", container);
      }
    }
  }

  @Test
  void everyTargetGroupHasItsAlarms() {
    List<String> groups = site.resourcesOfType("AWS::ElasticLoadBalancingV2::TargetGroup");
    assertThat(groups).hasSize(4);
    for (String group : groups) {
      Set<String> metrics = new TreeSet<>();
      for (String alarm : site.resourcesOfType("AWS::CloudWatch::Alarm")) {
        Map<String, Object> properties = site.properties(alarm);
        for (Map<String, Object> metric : watched(properties)) {
          if (dimension(metric, "TargetGroup").equals(dimensionOf(group))) {
            metrics.add(String.valueOf(metric.get("MetricName")));
            assertThat(properties).containsEntry("TreatMissingData", "notBreaching");
            assertThat(properties.get("AlarmActions")).isEqualTo(List.of(Map.of("Ref", "Topic")));
            assertThat(dimension(metric, "LoadBalancer"))
                .isEqualTo(List.of("LoadBalancer", "LoadBalancerFullName"));
          }
        }
      }
      assertThat(metrics)
          .as(group)
          .containsExactly(
              "HTTPCode_Target_5XX_Count",
              "RequestCount",
              "TargetConnectionErrorCount",
              "TargetResponseTime",
              "UnHealthyHostCount");
    }
  }

  /** An alarm's own metric, and those of its expression. */
  private static List<Map<String, Object>> watched(Map<String, Object> alarm) {
    if (!alarm.containsKey("Metrics")) {
      return List.of(alarm);
    }
    return maps(alarm.get("Metrics")).stream()
        .filter(query -> query.containsKey("MetricStat"))
        .map(query -> map(map(query.get("MetricStat")).get("Metric")))
        .toList();
  }

  private static List<Object> dimensionOf(String group) {
    return List.of(group, "TargetGroupFullName");
  }

  private static List<?> dimension(Map<String, Object> metric, String name) {
    return maps(metric.get("Dimensions")).stream()
        .filter(dimension -> name.equals(dimension.get("Name")))
        .map(dimension -> map(dimension.get("Value")).get("Fn::GetAtt"))
        .map(value -> (List<?>) value)
        .findFirst()
        .orElse(List.of());
  }

  // CloudFormation must not fight the releases.

  @Test
  void whatAReleaseWritesIsAParameter() {
    for (String application : APPLICATIONS) {
      for (String colour : COLOURS) {
        String prefix = application + colour;
        Map<String, Object> service = site.properties(prefix + "Service");
        assertThat(map(service.get("TaskDefinition")).get("Fn::If"))
            .isEqualTo(
                List.of(
                    "Has" + prefix + "Revision",
                    Map.of("Ref", prefix + "Revision"),
                    Map.of("Ref", application + "TaskDefinition")));
        List<?> count = (List<?>) map(service.get("DesiredCount")).get("Fn::If");
        assertThat(count.get(0)).isEqualTo("HasCounts");
        assertThat(count.get(2)).isEqualTo(Map.of("Ref", "AWS::NoValue"));
        List<?> min =
            (List<?>) map(site.properties(prefix + "Scaling").get("MinCapacity")).get("Fn::If");
        assertThat(min.get(0)).isEqualTo(application + "BlueIsLive");
        assertThat(min.get(colour.equals("Blue") ? 2 : 1)).isEqualTo(0);
      }
      Map<String, Object> definition =
          map(site.section("Resources").get(application + "TaskDefinition"));
      assertThat(definition)
          .containsEntry("DeletionPolicy", "RetainExceptOnCreate")
          .containsEntry("UpdateReplacePolicy", "Retain");
    }
  }

  @Test
  void stackPolicyDeniesUpdatesOfWhatAReleaseWrites() throws IOException {
    JsonNode policy =
        new ObjectMapper().readTree(Path.of("infrastructure/site-stack-policy.json").toFile());
    Set<String> denied = new HashSet<>();
    Set<String> kept = new HashSet<>();
    for (JsonNode statement : policy.get("Statement")) {
      JsonNode types = statement.at("/Condition/StringEquals/ResourceType");
      boolean all = statement.get("Action").asText().equals("Update:*");
      types.forEach(type -> (all ? denied : kept).add(type.asText()));
    }
    assertThat(denied).isEqualTo(WRITTEN_BY_RELEASES);
    assertThat(kept).contains("AWS::RDS::DBInstance", "AWS::ElasticLoadBalancingV2::TargetGroup");
    Set<String> types = new HashSet<>();
    site.section("Resources").values().forEach(r -> types.add(String.valueOf(map(r).get("Type"))));
    assertThat(types).containsAll(denied).containsAll(kept);
  }

  @Test
  void databaseSurvivesItsStack() {
    assertThat(map(site.section("Resources").get("Database")))
        .containsEntry("DeletionPolicy", "Snapshot")
        .containsEntry("UpdateReplacePolicy", "Snapshot");
    assertThat(site.properties("Database"))
        .containsEntry("StorageEncrypted", true)
        .containsEntry("PubliclyAccessible", false)
        .containsEntry("ManageMasterUserPassword", true)
        .doesNotContainKey("MasterUserPassword");
  }

  // Security.

  @Test
  void securityGroupsLetThroughFromTheBalancerToTheTasksToTheDatabase() {
    assertThat(flows("AWS::EC2::SecurityGroupIngress", "SourceSecurityGroupId"))
        .containsExactlyInAnyOrder(
            tuple("0.0.0.0/0", "LoadBalancer", "80"),
            tuple("0.0.0.0/0", "LoadBalancer", "443"),
            tuple("LoadBalancer", "Frontend", "FrontendPort"),
            tuple("LoadBalancer", "Backend", "BackendPort"),
            tuple("Backend", "Database", "DatabasePort"),
            tuple("Bastion", "Database", "DatabasePort"),
            tuple("Frontend", "Endpoint", "443"),
            tuple("Backend", "Endpoint", "443"));
    assertThat(flows("AWS::EC2::SecurityGroupEgress", "DestinationSecurityGroupId"))
        .containsExactlyInAnyOrder(
            tuple("0.0.0.0/0", "Frontend", "443"),
            tuple("0.0.0.0/0", "Backend", "443"),
            tuple("0.0.0.0/0", "Bastion", "443"),
            tuple("Frontend", "LoadBalancer", "FrontendPort"),
            tuple("Backend", "LoadBalancer", "BackendPort"),
            tuple("Database", "Backend", "DatabasePort"),
            tuple("Database", "Bastion", "DatabasePort"));
  }

  /** Who may reach (or, outwards, be reached by) whom, on which port. */
  private List<Tuple> flows(String type, String peer) {
    List<Tuple> flows = new ArrayList<>();
    for (String id : network.resourcesOfType(type)) {
      Map<String, Object> rule = network.properties(id);
      assertThat(rule).containsEntry("IpProtocol", "tcp");
      assertThat(rule.get("FromPort")).isEqualTo(rule.get("ToPort"));
      flows.add(
          tuple(
              group(rule.getOrDefault(peer, rule.get("CidrIp"))),
              group(rule.get("GroupId")),
              name(rule.get("FromPort"))));
    }
    return flows;
  }

  private static String group(Object value) {
    return name(value).replace("SecurityGroup", "");
  }

  private static String name(Object value) {
    return value instanceof Map<?, ?> reference
        ? String.valueOf(reference.get("Ref"))
        : String.valueOf(value);
  }

  @Test
  void securityGroupsThemselvesLeadNowhere() {
    assertThat(network.resourcesOfType("AWS::EC2::SecurityGroup"))
        .hasSize(6)
        .allSatisfy(
            id -> {
              Map<String, Object> group = network.properties(id);
              assertThat(group).doesNotContainKey("SecurityGroupIngress");
              assertThat(maps(group.get("SecurityGroupEgress")))
                  .hasSize(1)
                  .allSatisfy(rule -> assertThat(rule).containsEntry("CidrIp", "127.0.0.1/32"));
            });
  }

  @Test
  void databaseSubnetsHaveNoWayOut() {
    assertThat(network.resourcesOfType("AWS::EC2::RouteTable")).contains("DatabaseRouteTable");
    assertThat(network.resourcesOfType("AWS::EC2::Route"))
        .isNotEmpty()
        .allSatisfy(
            route ->
                assertThat(network.properties(route).get("RouteTableId"))
                    .isNotEqualTo(Map.of("Ref", "DatabaseRouteTable")));
  }

  @Test
  void bastionHasNoKeyAndTokensForItsMetadata() {
    assertThat(network.properties("BastionInstance"))
        .doesNotContainKey("KeyName")
        .doesNotContainKey("NetworkInterfaces");
    assertThat(map(network.properties("BastionInstance").get("MetadataOptions")))
        .containsEntry("HttpTokens", "required");
  }

  @Test
  void endpointsServeThisAccountAlone() {
    assertThat(network.resourcesOfType("AWS::EC2::VPCEndpoint"))
        .hasSize(5)
        .flatExtracting(
            id -> maps(map(network.properties(id).get("PolicyDocument")).get("Statement")))
        .filteredOn(statement -> !"ImagesAndPackages".equals(statement.get("Sid")))
        .hasSize(5)
        .allSatisfy(
            statement ->
                assertThat(map(map(statement.get("Condition")).get("StringEquals")).values())
                    .containsExactly(Map.of("Ref", "AWS::AccountId")));
  }

  @Test
  void backendIsNotTheOwnerOfTheDatabase() {
    Map<String, Object> own = Map.of("Ref", "BackendDatabaseSecret");
    // The owner's secret is for the time of an upgrade only.
    Map<String, Object> owner =
        Map.of(
            "Fn::If",
            List.of(
                "KeepsOwner",
                Map.of("Fn::GetAtt", List.of("Database", "MasterUserSecret.SecretArn")),
                Map.of("Ref", "AWS::NoValue")));
    assertThat(statements(site.properties("BackendTaskRole")))
        .singleElement()
        .satisfies(
            statement -> assertThat(statement.get("Resource")).isEqualTo(List.of(own, owner)));
    assertThat(site.parameter("BackendKnowsOwner")).containsEntry("Default", "false");
    assertThat(map(site.section("Conditions").get("KeepsOwner")).get("Fn::Equals"))
        .isEqualTo(List.of(Map.of("Ref", "BackendKnowsOwner"), "true"));
    Map<String, Object> container =
        maps(site.properties("BackendTaskDefinition").get("ContainerDefinitions")).get(0);
    assertThat(maps(container.get("Environment")))
        .contains(Map.of("Name", "DATABASE_SECRET_ARN", "Value", own));
  }

  @Test
  void mySqlRefusesConnectionsWithoutTls() {
    assertThat(map(site.properties("Database").get("DBParameterGroupName")).get("Fn::If"))
        .isEqualTo(
            List.of("IsMySql", Map.of("Ref", "DatabaseParameters"), Map.of("Ref", "AWS::NoValue")));
    assertThat(map(site.properties("DatabaseParameters").get("Parameters")))
        .containsEntry("require_secure_transport", "ON");
  }

  /** Whoever may publish must be able to encrypt. */
  @Test
  void topicsAreEncryptedForTheirPublishers() {
    assertThat(String.valueOf(site.properties("Topic").get("KmsMasterKeyId")))
        .contains("-TopicKeyArn");
    assertThat(releases.properties("Topic"))
        .containsEntry("KmsMasterKeyId", Map.of("Ref", "TopicKey"));
    List<Map<String, Object>> own =
        maps(map(releases.properties("TopicKey").get("KeyPolicy")).get("Statement"));
    assertThat(services(own.get(1))).containsExactly("cloudwatch.amazonaws.com");
    assertThat(own.get(1)).doesNotContainKey("Condition");
    assertThat(map(map(own.get(2).get("Condition")).get("StringEquals")))
        .containsEntry("kms:CallerAccount", Map.of("Ref", "AWS::AccountId"))
        .containsEntry("kms:ViaService", Map.of("Fn::Sub", "sns.${AWS::Region}.${AWS::URLSuffix}"));
    Map<String, Object> publishers =
        maps(map(network.properties("TopicKey").get("KeyPolicy")).get("Statement")).get(1);
    List<String> allowed = new ArrayList<>();
    publishing().forEach(statement -> allowed.addAll(services(statement)));
    assertThat(services(publishers))
        .containsExactlyInAnyOrderElementsOf(allowed)
        .contains("events.amazonaws.com");
    assertThat(publishers).doesNotContainKey("Condition");
    assertThat(maps(pipeline.properties("ScanFindings").get("Targets")).get(0).get("Arn"))
        .isEqualTo(Map.of("Fn::ImportValue", Map.of("Fn::Sub", "${SiteStack}-TopicArn")));
  }

  /**
   * EventBridge tells a topic neither the account nor the rule: with a condition no event arrives.
   * Source: EventBridge User Guide, "Amazon SNS permissions".
   */
  @Test
  void eventsReachTheTopicWithoutACondition() {
    assertThat(publishing())
        .allSatisfy(
            statement -> {
              if (services(statement).contains("events.amazonaws.com")) {
                assertThat(statement).doesNotContainKey("Condition");
                assertThat(services(statement)).hasSize(1);
              } else {
                assertThat(map(map(statement.get("Condition")).get("StringEquals")))
                    .containsEntry("aws:SourceAccount", Map.of("Ref", "AWS::AccountId"));
              }
            })
        .anySatisfy(
            statement -> assertThat(services(statement)).containsExactly("events.amazonaws.com"));
  }

  private List<Map<String, Object>> publishing() {
    return maps(map(site.properties("TopicPolicy").get("PolicyDocument")).get("Statement"));
  }

  private static List<String> services(Map<String, Object> statement) {
    return texts(map(statement.get("Principal")).get("Service"));
  }

  @Test
  void bucketPatternsEndAtTheAccount() {
    List<Map<String, Object>> patterns = new ArrayList<>();
    StackTemplate.walk(
        "",
        releases.section("Resources"),
        (where, node) -> {
          if (String.valueOf(node.get("Resource")).contains("${ArtifactBucket}")) {
            patterns.add(node);
          }
        });
    assertThat(patterns)
        .hasSize(2)
        .allSatisfy(
            statement ->
                assertThat(map(map(statement.get("Condition")).get("StringEquals")))
                    .containsEntry("aws:ResourceAccount", Map.of("Ref", "AWS::AccountId")));
  }

  /** Two sites in one account and region: no name is fixed. Services are named within a cluster. */
  @Test
  void namesCarryTheSites() {
    Set<String> names = new TreeSet<>();
    for (StackTemplate template : List.of(network, site, pipeline, releases)) {
      for (String id : template.section("Resources").keySet()) {
        Map<String, Object> resource = map(template.section("Resources").get(id));
        map(resource.getOrDefault("Properties", Map.of()))
            .forEach(
                (key, value) -> {
                  if (key.matches("(?!Service|Policy|Parameter|DBName|Metric|Display).*Name")
                      && value instanceof String) {
                    names.add(id + "." + key);
                  }
                });
      }
    }
    assertThat(names).isEmpty();
  }

  @Test
  void productionKeepsRecordsOfRequestsAndRejections() throws IOException {
    List<String> values = new ArrayList<>();
    for (String file : List.of("network", "site")) {
      new ObjectMapper()
          .readTree(Path.of("infrastructure/%s-production.json".formatted(file)).toFile())
          .forEach(value -> values.add(file + " " + value.asText()));
    }
    assertThat(values)
        .contains(
            "network NatPerZone=true",
            "network FlowLogs=true",
            "network AccessLogs=true",
            "site AccessLogs=true");
    assertThat(network.section("Parameters")).containsKeys("NatPerZone", "FlowLogs", "AccessLogs");
  }

  /** Statements that must name every resource, because the service knows no narrower one. */
  private static final Set<String> ARGUED =
      Set.of(
          // ecr:GetAuthorizationToken: a token is for the registry, not for a repository.
          SITE + " TaskExecutionRole LogIn", PIPELINE + " BuildRole LogIn");

  @Test
  void rolesNameTheirResources() {
    Set<String> open = new LinkedHashSet<>();
    for (StackTemplate template : List.of(network, site, pipeline)) {
      for (String role : template.resourcesOfType("AWS::IAM::Role")) {
        for (Map<String, Object> statement : statements(template.properties(role))) {
          assertThat(texts(statement.get("Action"))).noneMatch(action -> action.contains("*"));
          if (texts(statement.get("Resource")).contains("*")) {
            open.add("%s %s %s".formatted(template.file(), role, statement.get("Sid")));
            assertThat(texts(statement.get("Action"))).containsExactly("ecr:GetAuthorizationToken");
          }
        }
      }
    }
    assertThat(open).isEqualTo(ARGUED);
  }

  private static List<Map<String, Object>> statements(Map<String, Object> role) {
    return maps(role.getOrDefault("Policies", List.of())).stream()
        .flatMap(policy -> maps(map(policy.get("PolicyDocument")).get("Statement")).stream())
        .toList();
  }

  private static List<String> texts(Object value) {
    return (value instanceof List<?> list ? list : List.of(value))
        .stream().map(String::valueOf).toList();
  }

  // The pipeline.

  @Test
  void pipelineStartsTheReleaseWithTheFileThatTheBuildWrites() {
    Map<String, Object> release = action("Release", "Crossfade");
    Map<String, Object> configuration = map(release.get("Configuration"));
    assertThat(configuration)
        .containsEntry("InputType", "FilePath")
        .containsEntry("Input", "imageDetail.json");
    assertThat(configuration.get("ExecutionNamePrefix")).isEqualTo(Map.of("Ref", "Application"));
    assertThat((List<?>) pipeline.parameter("Application").get("AllowedValues"))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(String.valueOf(name)).hasSizeLessThanOrEqualTo(43));
    assertThat(release.get("InputArtifacts"))
        .isEqualTo(action("Build", "Image").get("OutputArtifacts"));
    assertThat(pipeline.properties("Pipeline"))
        .containsEntry("PipelineType", "V2")
        .containsEntry("ExecutionMode", "SUPERSEDED");
  }

  @Test
  void buildIsToldThePipelinesExecution() throws IOException {
    Object variables =
        map(action("Build", "Image").get("Configuration")).get("EnvironmentVariables");
    JsonNode parsed = new ObjectMapper().readTree(String.valueOf(variables));
    assertThat(parsed.at("/0/name").asText()).isEqualTo("PIPELINE_EXECUTION_ID");
    assertThat(parsed.at("/0/value").asText()).isEqualTo("#{codepipeline.PipelineExecutionId}");
  }

  private Map<String, Object> action(String stage, String name) {
    return maps(pipeline.properties("Pipeline").get("Stages")).stream()
        .filter(s -> stage.equals(s.get("Name")))
        .flatMap(s -> maps(s.get("Actions")).stream())
        .filter(a -> name.equals(a.get("Name")))
        .findFirst()
        .orElseThrow();
  }
}
