package io.crossfade.localaws.iam;

import java.util.List;
import java.util.Map;

/** What a decision has to know of the resources of the account. */
public interface AccountResources {
  /** None with tags or roles. */
  AccountResources NONE =
      new AccountResources() {
        @Override
        public Map<String, String> tags(String arn) {
          return Map.of();
        }

        @Override
        public List<String> roles(String taskDefinition) {
          return List.of();
        }
      };

  Map<String, String> tags(String arn);

  /** The roles that a task definition's tasks get. */
  List<String> roles(String taskDefinition);
}
