package io.crossfade.localaws.ecs;

import io.crossfade.localaws.ScaledClock;
import io.crossfade.localaws.sdk.Arns;
import io.crossfade.localaws.sdk.SdkMembers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.*;

/** Task definitions, by family and revision. */
final class TaskDefinitions {
  private static final int MAX_TAGS = 50;

  private record Entry(TaskDefinition definition, List<Tag> tags) {
    boolean active() {
      return definition.status() == TaskDefinitionStatus.ACTIVE;
    }
  }

  private final ScaledClock clock;
  private final Map<String, List<Entry>> families = new TreeMap<>();

  TaskDefinitions(ScaledClock clock) {
    this.clock = clock;
  }

  synchronized RegisterTaskDefinitionResponse register(RegisterTaskDefinitionRequest request) {
    check(request);
    List<Entry> family = families.computeIfAbsent(request.family(), name -> new ArrayList<>());
    TaskDefinition definition = definition(request, family.size() + 1);
    family.add(new Entry(definition, List.copyOf(request.tags())));
    return RegisterTaskDefinitionResponse.builder()
        .taskDefinition(definition)
        .tags(request.tags())
        .build();
  }

  private static void check(RegisterTaskDefinitionRequest request) {
    if (request.family() == null || !request.family().matches("[A-Za-z0-9_-]{1,255}")) {
      throw EcsErrors.client("Family contains invalid characters: " + request.family());
    }
    if (request.containerDefinitions().isEmpty()) {
      throw EcsErrors.client("Container list cannot be empty.");
    }
    request.containerDefinitions().forEach(TaskDefinitions::check);
    checkTags(request.tags());
  }

  private static void check(ContainerDefinition container) {
    if (container.name() == null || container.image() == null || container.image().isBlank()) {
      throw EcsErrors.client("Container.name and Container.image should not be null or empty.");
    }
  }

  static void checkTags(List<Tag> tags) {
    if (tags.size() > MAX_TAGS) {
      throw EcsErrors.invalid("Too many tags: " + tags.size());
    }
    if (tags.stream().anyMatch(tag -> tag.key().startsWith("aws:"))) {
      throw EcsErrors.invalid("Tag keys must not start with 'aws:', it is reserved");
    }
  }

  /** The answer has what only AWS can fill in, and the defaults that it fills in. */
  private TaskDefinition definition(RegisterTaskDefinitionRequest request, int revision) {
    List<ContainerDefinition> containers =
        request.containerDefinitions().stream()
            .map(container -> completed(container, request.networkMode()))
            .toList();
    return SdkMembers.copy(request, TaskDefinition.builder())
        .containerDefinitions(containers)
        .volumes(request.volumes())
        .placementConstraints(request.placementConstraints())
        .enableFaultInjection(Boolean.TRUE.equals(request.enableFaultInjection()))
        .taskDefinitionArn(
            Arns.of("ecs", "task-definition/%s:%d".formatted(request.family(), revision)))
        .revision(revision)
        .status(TaskDefinitionStatus.ACTIVE)
        .compatibilities(Compatibility.EC2, Compatibility.FARGATE)
        .requiresAttributes(
            Attribute.builder().name("ecs.capability.task-eni").build(),
            Attribute.builder().name("com.amazonaws.ecs.capability.docker-remote-api.1.18").build())
        .registeredAt(clock.now())
        .registeredBy("arn:aws:iam::%s:user/local".formatted(Arns.ACCOUNT))
        .build();
  }

  private static ContainerDefinition completed(ContainerDefinition given, NetworkMode mode) {
    List<PortMapping> ports =
        given.portMappings().stream().map(port -> completed(port, mode)).toList();
    return given.toBuilder()
        .cpu(given.cpu() == null ? 0 : given.cpu())
        .essential(given.essential() == null || given.essential())
        .portMappings(ports)
        .environment(given.environment())
        .mountPoints(given.mountPoints())
        .volumesFrom(given.volumesFrom())
        .systemControls(given.systemControls())
        .build();
  }

  private static PortMapping completed(PortMapping given, NetworkMode mode) {
    boolean own = mode == NetworkMode.AWSVPC && given.hostPort() == null;
    return given.toBuilder()
        .hostPort(own ? given.containerPort() : given.hostPort())
        .protocol(given.protocol() == null ? TransportProtocol.TCP : given.protocol())
        .build();
  }

  synchronized DescribeTaskDefinitionResponse describe(DescribeTaskDefinitionRequest request) {
    Entry found = find(request.taskDefinition());
    DescribeTaskDefinitionResponse.Builder answer =
        DescribeTaskDefinitionResponse.builder().taskDefinition(found.definition());
    if (request.include().contains(TaskDefinitionField.TAGS)) {
      answer.tags(found.tags());
    }
    return answer.build();
  }

  synchronized TaskDefinition deregister(String name) {
    Entry found = find(name);
    if (!name.contains(":")) {
      throw EcsErrors.client("A revision is required: " + name);
    }
    TaskDefinition gone =
        found.definition().toBuilder()
            .status(TaskDefinitionStatus.INACTIVE)
            .deregisteredAt(clock.now())
            .build();
    families.get(gone.family()).set(gone.revision() - 1, new Entry(gone, found.tags()));
    return gone;
  }

  /** The task definition that a service may use; without a revision, the latest active one. */
  synchronized TaskDefinition active(String name) {
    Entry found = find(name);
    if (!found.active()) {
      throw EcsErrors.client("TaskDefinition is inactive");
    }
    return found.definition();
  }

  private Entry find(String name) {
    String[] parts = Arns.lastPart(name == null ? "" : name).split(":");
    List<Entry> family = families.getOrDefault(parts[0], List.of());
    return (parts.length == 1
            ? family.stream().filter(Entry::active).reduce((earlier, later) -> later)
            : family.stream()
                .filter(e -> parts[1].equals(e.definition().revision().toString()))
                .findFirst())
        .orElseThrow(() -> EcsErrors.client("Unable to describe task definition."));
  }

  synchronized List<String> list(ListTaskDefinitionsRequest request) {
    TaskDefinitionStatus status =
        request.status() == null ? TaskDefinitionStatus.ACTIVE : request.status();
    Stream<TaskDefinition> found =
        families.values().stream()
            .flatMap(List::stream)
            .map(Entry::definition)
            .filter(
                d -> request.familyPrefix() == null || d.family().equals(request.familyPrefix()))
            .filter(d -> d.status() == status);
    Comparator<TaskDefinition> order =
        Comparator.comparing(TaskDefinition::family).thenComparing(TaskDefinition::revision);
    return found
        .sorted(request.sort() == SortOrder.DESC ? order.reversed() : order)
        .map(TaskDefinition::taskDefinitionArn)
        .toList();
  }
}
