package io.crossfade.localaws.template;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** What Ref and GetAtt give for each resource type, as its documentation says. */
final class ResourceTypes {
  private static final String REGION = PseudoParameters.REGION;
  private static final String ACCOUNT = PseudoParameters.ACCOUNT;

  /** One type: the property that names it, what Ref gives, and its attributes, all by name. */
  record ResourceType(
      String nameProperty,
      UnaryOperator<String> ref,
      Map<String, UnaryOperator<String>> attributes) {
    private ResourceType with(String attribute, UnaryOperator<String> value) {
      Map<String, UnaryOperator<String>> more = new LinkedHashMap<>(attributes);
      more.put(attribute, value);
      return new ResourceType(nameProperty, ref, more);
    }
  }

  private static final Map<String, ResourceType> KNOWN = known();

  private ResourceTypes() {}

  static boolean knows(String type) {
    return KNOWN.containsKey(type);
  }

  static ResourceType of(String type) {
    return KNOWN.get(type);
  }

  /** The name that a resource gets if its properties give it none. */
  static String defaultName(String type, String logicalId) {
    String name = PseudoParameters.STACK + "-" + logicalId;
    return type.equals("AWS::S3::Bucket") ? name.toLowerCase(Locale.ROOT) : name;
  }

  private static Map<String, ResourceType> known() {
    Map<String, ResourceType> types = new LinkedHashMap<>();
    compute(types);
    messaging(types);
    storage(types);
    identity(types);
    return Map.copyOf(types);
  }

  private static void compute(Map<String, ResourceType> types) {
    UnaryOperator<String> function = arn("lambda", "function:");
    UnaryOperator<String> machine = arn("states", "stateMachine:");
    types.put("AWS::Serverless::Function", named("FunctionName").with("Arn", function));
    types.put("AWS::Lambda::Permission", named(null).with("Id", name -> name));
    types.put(
        "AWS::Serverless::StateMachine",
        byArn("Name", machine).with("Arn", machine).with("Name", name -> name));
    types.put(
        "AWS::Serverless::HttpApi",
        new ResourceType(null, ResourceTypes::apiId, Map.of())
            .with("ApiId", ResourceTypes::apiId)
            .with(
                "ApiEndpoint",
                name -> "https://" + apiId(name) + ".execute-api." + REGION + ".amazonaws.com"));
  }

  private static void messaging(Map<String, ResourceType> types) {
    UnaryOperator<String> topic = arn("sns", "");
    UnaryOperator<String> subscription =
        name -> topic.apply(name) + ":00000000-0000-4000-8000-000000000000";
    types.put(
        "AWS::SNS::Topic",
        byArn("TopicName", topic).with("TopicArn", topic).with("TopicName", name -> name));
    types.put("AWS::SNS::TopicPolicy", named(null).with("Id", name -> name));
    types.put("AWS::SNS::Subscription", byArn(null, subscription).with("Arn", subscription));
    types.put("AWS::Events::Rule", named("Name").with("Arn", arn("events", "rule/")));
    types.put(
        "AWS::CloudWatch::Alarm", named("AlarmName").with("Arn", arn("cloudwatch", "alarm:")));
    types.put(
        "AWS::CloudWatch::CompositeAlarm",
        named("AlarmName").with("Arn", arn("cloudwatch", "alarm:")));
    types.put("AWS::CloudWatch::Dashboard", named("DashboardName"));
    types.put(
        "AWS::SQS::Queue",
        new ResourceType(
                "QueueName",
                name -> "https://sqs." + REGION + ".amazonaws.com/" + ACCOUNT + "/" + name,
                Map.of())
            .with("Arn", arn("sqs", ""))
            .with("QueueName", name -> name));
  }

  private static void storage(Map<String, ResourceType> types) {
    types.put(
        "AWS::S3::Bucket",
        named("BucketName")
            .with("Arn", name -> "arn:aws:s3:::" + name)
            .with("DomainName", name -> name + ".s3.amazonaws.com")
            .with("RegionalDomainName", name -> name + ".s3." + REGION + ".amazonaws.com"));
    types.put("AWS::S3::BucketPolicy", named(null));
    types.put(
        "AWS::Logs::LogGroup",
        named("LogGroupName").with("Arn", name -> arn("logs", "log-group:").apply(name) + ":*"));
    types.put("AWS::SSM::Parameter", named("Name"));
  }

  private static void identity(Map<String, ResourceType> types) {
    types.put("AWS::IAM::Role", named("RoleName").with("Arn", ResourceTypes::roleArn));
    types.put("AWS::IAM::Policy", named("PolicyName").with("Id", name -> name));
    types.put(
        "AWS::IAM::ManagedPolicy",
        byArn("ManagedPolicyName", name -> "arn:aws:iam::" + ACCOUNT + ":policy/" + name)
            .with("PolicyArn", name -> "arn:aws:iam::" + ACCOUNT + ":policy/" + name));
    UnaryOperator<String> secret = name -> arn("secretsmanager", "secret:").apply(name) + "-LoCaL1";
    types.put("AWS::SecretsManager::Secret", byArn("Name", secret).with("Id", secret));
    types.put(
        "AWS::KMS::Key", named(null).with("Arn", arn("kms", "key/")).with("KeyId", name -> name));
    types.put("AWS::KMS::Alias", named("AliasName"));
  }

  /** Ten letters and digits, the same in every deployment. */
  private static String apiId(String name) {
    UUID hash = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    return "a" + hash.toString().replace("-", "").substring(0, 9);
  }

  static String roleArn(String name) {
    return "arn:aws:iam::" + ACCOUNT + ":role/" + name;
  }

  private static ResourceType named(String nameProperty) {
    return new ResourceType(nameProperty, name -> name, Map.of());
  }

  private static ResourceType byArn(String nameProperty, UnaryOperator<String> arn) {
    return new ResourceType(nameProperty, arn, Map.of());
  }

  private static UnaryOperator<String> arn(String service, String prefix) {
    return name -> "arn:aws:" + service + ":" + REGION + ":" + ACCOUNT + ":" + prefix + name;
  }
}
