package io.crossfade.localaws.sns;

import io.crossfade.localaws.ScaledClock;
import io.crossfade.localaws.sdk.Page;
import io.crossfade.localaws.sdk.ServiceErrors;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.CreateTopicRequest;
import software.amazon.awssdk.services.sns.model.CreateTopicResponse;
import software.amazon.awssdk.services.sns.model.ListTopicsRequest;
import software.amazon.awssdk.services.sns.model.ListTopicsResponse;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;
import software.amazon.awssdk.services.sns.model.SnsException;
import software.amazon.awssdk.services.sns.model.Topic;

/**
 * Topics and what was published to them, in order. Nothing is delivered: there are no
 * subscriptions.
 */
public final class LocalSns implements SnsClient {
  private static final ServiceErrors ERRORS = new ServiceErrors("sns", SnsException.class);
  private static final String TOPIC_ARN = "arn:aws:sns:eu-central-1:123456789012:";
  private static final Pattern TOPIC_NAME = Pattern.compile("[A-Za-z0-9_-]{1,256}");
  // https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
  private static final Pattern SUBJECT = Pattern.compile("[!-~][ -~]{0,99}");
  private static final int MAX_MESSAGE_BYTES = 256 * 1024;
  // https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html
  private static final int TOPICS_PER_PAGE = 100;

  private final ScaledClock clock;
  private final Set<String> topics = ConcurrentHashMap.newKeySet();
  private final List<PublishedMessage> published = new CopyOnWriteArrayList<>();

  public LocalSns(ScaledClock clock) {
    this.clock = clock;
  }

  /** Creates a topic unless it exists, and returns its ARN. */
  public String createTopic(String name) {
    if (name == null || !TOPIC_NAME.matcher(name).matches()) {
      throw invalid("Invalid parameter: Topic Name");
    }
    topics.add(TOPIC_ARN + name);
    return TOPIC_ARN + name;
  }

  /** Everything published so far, oldest first. */
  public List<PublishedMessage> published() {
    return List.copyOf(published);
  }

  @Override
  public CreateTopicResponse createTopic(CreateTopicRequest request) {
    if (request.hasAttributes() && !request.attributes().isEmpty()) {
      throw new UnsupportedOperationException("topic attributes");
    }
    return CreateTopicResponse.builder().topicArn(createTopic(request.name())).build();
  }

  @Override
  public ListTopicsResponse listTopics(ListTopicsRequest request) {
    List<Topic> all =
        topics.stream().sorted().map(arn -> Topic.builder().topicArn(arn).build()).toList();
    Page<Topic> page =
        Page.of(
            all,
            request.nextToken(),
            TOPICS_PER_PAGE,
            () -> invalid("Invalid parameter: NextToken"));
    return ListTopicsResponse.builder().topics(page.items()).nextToken(page.next()).build();
  }

  @Override
  public PublishResponse publish(PublishRequest request) {
    validate(request);
    if (!topics.contains(request.topicArn())) {
      throw ERRORS.modeled(404, "NotFound", "Topic does not exist");
    }
    published.add(
        new PublishedMessage(
            request.topicArn(), request.subject(), request.message(), clock.now()));
    return PublishResponse.builder().messageId(UUID.randomUUID().toString()).build();
  }

  private static void validate(PublishRequest request) {
    if (request.topicArn() == null) {
      throw new UnsupportedOperationException("publishing to anything but a TopicArn");
    }
    if (request.messageStructure() != null) {
      throw new UnsupportedOperationException("MessageStructure");
    }
    validateMessage(request.message());
    if (request.subject() != null && !SUBJECT.matcher(request.subject()).matches()) {
      throw invalid("Invalid parameter: Subject");
    }
  }

  private static void validateMessage(String message) {
    if (message == null || message.isEmpty()) {
      throw invalid("Invalid parameter: Empty message");
    }
    if (message.getBytes(StandardCharsets.UTF_8).length > MAX_MESSAGE_BYTES) {
      throw invalid("Invalid parameter: Message too long");
    }
  }

  private static AwsServiceException invalid(String message) {
    return ERRORS.modeled("InvalidParameter", message);
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
