// Writes the next step's weights to the rule, if the lock is held, the rule is as written, and all
// targets are there.
import {
  DescribeRulesCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  ModifyRuleCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";

const s3 = new S3Client({});
const elb = new ElasticLoadBalancingV2Client({});

const requireLock = async ({ document, execution }) => {
  const key = `locks/${document.release.ruleArn.replace(/[^A-Za-z0-9-]/g, "_")}.json`;
  const query = { Bucket: process.env.CROSSFADE_STATE_BUCKET, Key: key };
  const found = await s3.send(new GetObjectCommand(query));
  const lock = JSON.parse(await found.Body.transformToString());
  if (lock.released || lock.deployment !== document.id || lock.execution !== execution) {
    throw new Error("the lock is not held any more");
  }
};

const healthy = async (group) => {
  const found = await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn: group }));
  return found.TargetHealthDescriptions.filter((t) => t.TargetHealth.State === "healthy").length;
};

const actionsOf = async (rule) =>
  (await elb.send(new DescribeRulesCommand({ RuleArns: [rule] }))).Rules[0].Actions;

const weightOf = (actions, group) =>
  actions.at(-1).ForwardConfig.TargetGroups.find((g) => g.TargetGroupArn === group)?.Weight ?? 0;

const share = (actions, group) => {
  const groups = actions.at(-1).ForwardConfig.TargetGroups;
  const total = groups.reduce((sum, each) => sum + each.Weight, 0);
  return total === 0 ? 0 : Math.floor((100 * weightOf(actions, group)) / total);
};

export const handler = async (event) => {
  await requireLock(event);
  const { document } = event;
  const { progress, release, target } = document;
  const rule = release.ruleArn;
  const [stable, canary] = [target.stable.targetGroupArn, target.canary.targetGroupArn];
  const found = await healthy(canary);
  const actions = await actionsOf(rule);
  if (share(actions, canary) !== progress.weights.canary) {
    return {
      ...document,
      verdict: { action: "ROLL_BACK", reason: "someone else changed the rule" },
    };
  }
  if (found < progress.capacity) {
    return { ...document, verdict: { action: "WAIT", reason: `${found} targets are healthy` } };
  }
  const step = progress.step + 1;
  const { weight } = release.steps[step];
  const wanted = { [stable]: 100 - weight, [canary]: weight };
  const forward = actions.at(-1);
  delete forward.TargetGroupArn;
  for (const group of forward.ForwardConfig.TargetGroups) {
    group.Weight = wanted[group.TargetGroupArn];
  }
  await elb.send(new ModifyRuleCommand({ RuleArn: rule, Actions: actions }));
  const shown = await actionsOf(rule);
  if (weightOf(shown, canary) !== weight || weightOf(shown, stable) !== 100 - weight) {
    throw new Error("the rule was written but does not show");
  }
  return {
    ...document,
    progress: { ...progress, step, weights: { stable: 100 - weight, canary: weight } },
    verdict: { action: "SHIFTED", reason: `the new version gets ${weight} % of the traffic` },
  };
};
