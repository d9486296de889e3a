package io.crossfade.bench;

/**
 * How often an account may call something in one region, by default, and what a release that bakes
 * makes of it. docs/performance.md has the sources.
 */
enum Quota {
  /**
   * DESCRIBE_ALARMS means 9 a second; a step's first look reads every alarm of the account, the
   * others one page by name.
   */
  DESCRIBE_ALARMS("DescribeAlarms", 9, 9) {
    @Override
    double callsEachLook(int releases, double lookSeconds) {
      double looks = BAKE_SECONDS / lookSeconds;
      return (pages(releases) + looks - 1) / looks;
    }
  },
  /** DESCRIBE_ELB means all reads of load balancers together: a bucket of 40, and 10 a second. */
  DESCRIBE_ELB("Describe* of load balancers", 40, 10) {
    @Override
    double callsEachLook(int releases, double lookSeconds) {
      return 1;
    }
  },
  /** DESCRIBE_SERVICES means 20 a second; only while the new version starts. */
  DESCRIBE_SERVICES("DescribeServices, while the new version starts", 20, 20) {
    @Override
    double callsEachLook(int releases, double lookSeconds) {
      return 1;
    }
  },
  /** STATE_TRANSITIONS means a bucket of 800 and 500 a second; a look has a wait and a choice. */
  STATE_TRANSITIONS("state transitions", 800, 500) {
    @Override
    double callsEachLook(int releases, double lookSeconds) {
      return 3;
    }
  };

  /**
   * What infrastructure/site.yaml makes for an application: four alarms for each of two target
   * groups, and two of Application Auto Scaling for each of two services.
   */
  static final int ALARMS_EACH = 12;

  /** What a step takes by default. */
  static final int BAKE_SECONDS = 300;

  private static final int PAGE = 100;

  private final String label;
  private final double bucket;
  private final double perSecond;

  Quota(String label, double bucket, double perSecond) {
    this.label = label;
    this.bucket = bucket;
    this.perSecond = perSecond;
  }

  /** How many calls one look of a release makes on average, if so many are under way. */
  abstract double callsEachLook(int releases, double lookSeconds);

  String label() {
    return label;
  }

  double perSecond() {
    return perSecond;
  }

  TokenBucket bucket() {
    return new TokenBucket(bucket, perSecond);
  }

  /** Of all alarms in the account, if there are no other applications. */
  static int pages(int releases) {
    return Math.max(1, (releases * ALARMS_EACH + PAGE - 1) / PAGE);
  }

  /**
   * How many releases may bake at once without ever waiting for this quota, in the long run.
   *
   * @param lookSeconds between two looks of one release
   */
  int carries(double lookSeconds) {
    int releases = 0;
    while ((releases + 1) * callsEachLook(releases + 1, lookSeconds) / lookSeconds <= perSecond) {
      releases++;
    }
    return releases;
  }
}
