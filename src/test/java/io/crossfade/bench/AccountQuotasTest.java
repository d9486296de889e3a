package io.crossfade.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountQuotasTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # quota,         a look every, carries
          DESCRIBE_ALARMS,   15, 90
          DESCRIBE_ALARMS,   30, 116
          DESCRIBE_ELB,      15, 150
          DESCRIBE_SERVICES, 15, 300
          STATE_TRANSITIONS, 15, 2500
          """)
  void quotaCarriesWhatItsRateIsEnoughFor(Quota quota, double seconds, int releases) {
    assertThat(quota.carries(seconds)).isEqualTo(releases);
  }

  @ParameterizedTest
  @CsvSource(textBlock = "1, 1\n8, 1\n9, 2\n1000, 120")
  void aSweepReadsEveryAlarmOfTheAccount(int releases, int pages) {
    assertThat(Quota.pages(releases)).isEqualTo(pages);
  }

  /** Four steps of 300 s with a look every 20 s: 15 looks a step, and no call ever waits. */
  @ParameterizedTest
  @CsvSource(textBlock = "1\n10\n30")
  void withinTheQuotasNothingWaits(int releases) {
    AccountSimulation.Result result = AccountSimulation.of(releases, Quota.pages(releases), 1);
    assertThat(result.asked()).isEqualTo(releases);
    assertThat(result.waits().p99()).isLessThan(1);
    assertThat(result.failures()).isZero();
    assertThat(result.seconds()).isCloseTo(1200, within(20.0));
  }

  /** They all begin within one interval, so their sweeps come at once and wait for each other. */
  @ParameterizedTest
  @CsvSource(textBlock = "50\n60")
  void byNameFarFewerLooksWaitTooLong(int releases) {
    int all = Quota.pages(releases);
    AccountSimulation.Result byName = AccountSimulation.of(releases, all, 1);
    assertThat(byName.asked()).isEqualTo(releases);
    assertThat(byName.failures())
        .isLessThan(AccountSimulation.of(releases, all, all).failures() / 4);
  }

  @ParameterizedTest
  @CsvSource(textBlock = "100\n1000")
  void withAllAlarmsAtEachLookLooksWaitAndWouldFail(int releases) {
    int all = Quota.pages(releases);
    AccountSimulation.Result result = AccountSimulation.of(releases, all, all);
    assertThat(result.failures()).isPositive();
    assertThat(result.seconds()).isGreaterThan(1300);
  }
}
