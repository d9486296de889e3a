// Looks at the alarms of both target groups, and at the canary's targets, while a step bakes.
import { CloudWatchClient, paginateDescribeAlarms } from "@aws-sdk/client-cloudwatch";
import {
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";

const cloudwatch = new CloudWatchClient({});
const elb = new ElasticLoadBalancingV2Client({});

const alarmsOf = async (groups) => {
  const found = [];
  const query = { AlarmTypes: ["MetricAlarm", "CompositeAlarm"] };
  for await (const page of paginateDescribeAlarms({ client: cloudwatch }, query)) {
    for (const alarm of page.MetricAlarms ?? []) {
      const group = alarm.Dimensions?.find((dimension) => dimension.Name === "TargetGroup");
      if (group && groups.includes(group.Value)) {
        found.push(alarm);
      }
    }
  }
  return found;
};

const decide = (document, alarms, healthy) => {
  const firing = alarms.filter((alarm) => alarm.StateValue === "ALARM");
  if (firing.length > 0) {
    return { action: "ROLL_BACK", reason: `firing: ${firing.map((a) => a.AlarmName).join(", ")}` };
  }
  if (alarms.length === 0 || alarms.some((alarm) => alarm.StateValue !== "OK")) {
    return { action: "WAIT", reason: "an alarm has no data" };
  }
  return healthy < document.progress.capacity
    ? { action: "WAIT", reason: `${healthy} targets are healthy` }
    : { action: "ADVANCE", reason: "all alarms are OK" };
};

export const handler = async ({ document }) => {
  const { stable, canary } = document.target;
  const groups = [stable, canary].map((side) => side.targetGroupArn.split(":").at(-1));
  const alarms = await alarmsOf(groups);
  const health = await elb.send(
    new DescribeTargetHealthCommand({ TargetGroupArn: canary.targetGroupArn }),
  );
  const healthy = (health.TargetHealthDescriptions ?? []).filter(
    (target) => target.TargetHealth?.State === "healthy",
  ).length;
  return { ...document, verdict: decide(document, alarms, healthy) };
};
