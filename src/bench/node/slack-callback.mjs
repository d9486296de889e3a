// Takes a click in Slack to the task that waits for it.
import { createHmac, timingSafeEqual } from "node:crypto";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SendTaskFailureCommand, SendTaskSuccessCommand, SFNClient } from "@aws-sdk/client-sfn";

const { env } = process;
const approvers = env.CROSSFADE_SLACK_APPROVERS.split(",").map((a) => a.split("=")[0].trim());

const secrets = new SecretsManagerClient({});
const s3 = new S3Client({});
const stepFunctions = new SFNClient({});
let kept;

const signingSecret = async () => {
  if (!kept) {
    const query = { SecretId: env.CROSSFADE_SLACK_SECRET_ARN };
    kept = JSON.parse((await secrets.send(new GetSecretValueCommand(query))).SecretString);
  }
  return kept.signingSecret;
};

const signed = async (headers, body) => {
  const timestamp = headers["x-slack-request-timestamp"];
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) {
    return false;
  }
  const hmac = createHmac("sha256", await signingSecret()).update(`v0:${timestamp}:`).update(body);
  const expected = Buffer.from(`v0=${hmac.digest("hex")}`);
  const given = Buffer.from(headers["x-slack-signature"]);
  return expected.length === given.length && timingSafeEqual(expected, given);
};

const tell = (url, message) =>
  fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(message),
    signal: AbortSignal.timeout(2000),
  });

const decide = async (click) => {
  const [action] = click.actions;
  const place = { Bucket: env.CROSSFADE_STATE_BUCKET, Key: `approvals/${action.value}.json` };
  const found = await s3.send(new GetObjectCommand(place));
  const pending = JSON.parse(await found.Body.transformToString());
  if (pending.decision) {
    await tell(click.response_url, { response_type: "ephemeral", text: "Already answered." });
    return;
  }
  const approved = action.action_id === "crossfade_approve";
  pending.decision = {
    choice: approved ? "APPROVED" : "REJECTED",
    userId: click.user.id,
    at: new Date().toISOString(),
    passedOn: false,
  };
  const put = (ifMatch) =>
    s3.send(new PutObjectCommand({ ...place, Body: JSON.stringify(pending), IfMatch: ifMatch }));
  const stored = await put(found.ETag);
  const { token: taskToken } = pending;
  await stepFunctions.send(
    approved
      ? new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(pending.deployment) })
      : new SendTaskFailureCommand({ taskToken, error: "Rejected" }),
  );
  const text = `${approved ? "Approved" : "Rejected"} by <@${click.user.id}>`;
  await tell(click.response_url, { replace_original: true, text });
  pending.decision.passedOn = true;
  await put(stored.ETag);
};

export const handler = async (event) => {
  const body = Buffer.from(event.body, event.isBase64Encoded ? "base64" : "utf8");
  if (!(await signed(event.headers, body))) {
    return { statusCode: 401 };
  }
  const click = JSON.parse(new URLSearchParams(body.toString()).get("payload"));
  if (click.team.id !== env.CROSSFADE_SLACK_TEAM_ID || click.api_app_id !== env.CROSSFADE_SLACK_APP_ID) {
    return { statusCode: 401 };
  }
  if (approvers.includes(click.user.id)) {
    await decide(click);
  } else {
    await tell(click.response_url, { response_type: "ephemeral", text: "You may not decide." });
  }
  return { statusCode: 200 };
};
