package io.crossfade.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfade.localaws.Account;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** The site takes its names from a release of a user's own. */
class BookingSiteTest {
  private final Account account = new Account();

  @AfterEach
  void close() {
    account.close();
  }

  @Test
  void frontendIsReleasedOnItsOwnRule() {
    BookingSite site = site("frontend");
    assertThat(site.released()).isEqualTo(site.frontend());
    assertThat(site.released().ruleArn()).isNotEqualTo(site.backend().ruleArn());
    assertThat(site.backend().name()).isEqualTo("backend");
  }

  @Test
  void anyOtherNameIsTheBackends() {
    BookingSite site = site("shop");
    assertThat(site.released()).isEqualTo(site.backend());
    assertThat(site.backend().name()).isEqualTo("shop");
    assertThat(
            account
                .aws()
                .ecs()
                .describeServices(r -> r.cluster("prod").services("shop-blue", "shop-green"))
                .services())
        .hasSize(2);
  }

  @Test
  void alarmThatAReleaseNamesIsOk() {
    BookingSite site = site("shop");
    assertThat(site.hasAlarm("latency")).isFalse();
    site.quietAlarm("latency");
    assertThat(site.hasAlarm("latency")).isTrue();
    assertThat(
            account
                .aws()
                .cloudWatch()
                .describeAlarms(r -> r.alarmNames("latency"))
                .metricAlarms()
                .get(0)
                .stateValue())
        .isEqualTo(StateValue.OK);
  }

  private BookingSite site(String released) {
    return new BookingSite(account.aws(), new BookingSite.Names("prod", released, "web"));
  }
}
