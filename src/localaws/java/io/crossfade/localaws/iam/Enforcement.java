package io.crossfade.localaws.iam;

import io.crossfade.localaws.Identities;
import io.crossfade.localaws.template.FunctionResource;
import io.crossfade.localaws.wire.Call;
import io.crossfade.localaws.wire.CallInterceptor;
import io.crossfade.localaws.wire.Gateway;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Lets a function do what its own policies allow and nothing else. A caller that is no function of
 * the template may do everything.
 */
public final class Enforcement implements CallInterceptor, AutoCloseable {
  private final Gateway gateway;
  private final Identities identities;
  private final String stateMachineArn;
  private final AccountResources account;
  private final Map<String, PolicyDocument> policies = new ConcurrentHashMap<>();
  private final Set<String> used = new ConcurrentSkipListSet<>();
  private final Set<PermissionUse> uses = ConcurrentHashMap.newKeySet();
  private final Set<String> denied = new ConcurrentSkipListSet<>();

  /**
   * @param stateMachineArn the machine whose tasks are answered
   * @param account whose resources may have tags
   */
  public Enforcement(
      Gateway gateway, Identities identities, String stateMachineArn, AccountResources account) {
    this.gateway = gateway;
    this.identities = identities;
    this.stateMachineArn = stateMachineArn;
    this.account = account;
    identities
        .functions()
        .forEach(f -> policies.put(f.logicalId(), PolicyDocument.of(f.policies())));
    gateway.intercept(this);
  }

  @Override
  public void before(Call call) {
    if (identities.function(call.accessKeyId()).isPresent()) {
      require(call, RequiredPermissions.of(call, stateMachineArn, account));
    }
  }

  /** A function that may not list a bucket is refused instead of told that a key is missing. */
  @Override
  public <R> R around(Call call, Supplier<R> effect) {
    try {
      return effect.get();
    } catch (AwsServiceException e) {
      if (code(e).equals("NoSuchKey")) {
        require(call, RequiredPermissions.toLearnOfMissingObject(call));
      }
      throw e;
    }
  }

  private static String code(AwsServiceException e) {
    return e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
  }

  private void require(Call call, List<AccessRequest> needed) {
    identities
        .function(call.accessKeyId())
        .ifPresent(function -> needed.forEach(each -> require(call, function, each)));
  }

  private void require(Call call, FunctionResource function, AccessRequest request) {
    AccessDecision decision = policies.get(function.logicalId()).decide(request);
    if (decision instanceof AccessDecision.Allowed allowed) {
      used.add("%s %s %s".formatted(function.logicalId(), allowed.by().sid(), request.action()));
      uses.add(new PermissionUse(function.logicalId(), request));
      return;
    }
    denied.add("%s %s %s".formatted(function.logicalId(), request.action(), request.resource()));
    throw AccessDeniedErrors.error(
        call.service(), function, request, decision instanceof AccessDecision.ExplicitDeny);
  }

  /** The actions that were allowed, each as "function statement action". */
  public Set<String> used() {
    return new TreeSet<>(used);
  }

  /** The actions that were allowed, with their resources. */
  public Set<PermissionUse> uses() {
    return Set.copyOf(uses);
  }

  /** The actions that were refused, each as "function action resource". */
  public Set<String> denied() {
    return new TreeSet<>(denied);
  }

  /**
   * The actions that policies allow and no call used so far, each as "function statement action".
   */
  public Set<String> unused() {
    Set<String> all = new TreeSet<>();
    policies.forEach(
        (function, policy) ->
            policy.statements().stream()
                .filter(PolicyStatement::allows)
                .forEach(
                    statement ->
                        statement
                            .actions()
                            .forEach(a -> all.add(function + " " + statement.sid() + " " + a))));
    all.removeAll(used);
    return all;
  }

  @Override
  public void close() {
    gateway.removeInterceptor(this);
  }
}
