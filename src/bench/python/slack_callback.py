"""Takes a click in Slack to the task that waits for it."""

import base64
import hashlib
import hmac
import json
import os
import time
import urllib.parse
import urllib.request

import boto3

BUCKET = os.environ["CROSSFADE_STATE_BUCKET"]
APPROVERS = {approver.split("=")[0].strip() for approver in os.environ["CROSSFADE_SLACK_APPROVERS"].split(",")}

secrets = boto3.client("secretsmanager")
s3 = boto3.client("s3")
step_functions = boto3.client("stepfunctions")
kept = {}


def signing_secret():
    if not kept:
        secret = secrets.get_secret_value(SecretId=os.environ["CROSSFADE_SLACK_SECRET_ARN"])
        kept.update(json.loads(secret["SecretString"]))
    return kept["signingSecret"]


def signed(headers, body):
    timestamp = headers["x-slack-request-timestamp"]
    if abs(time.time() - int(timestamp)) > 300:
        return False
    base = b"v0:" + timestamp.encode() + b":" + body
    expected = "v0=" + hmac.new(signing_secret().encode(), base, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected, headers["x-slack-signature"])


def tell(url, message):
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(url, json.dumps(message).encode(), headers)
    urllib.request.urlopen(request, timeout=2).read()


def decide(click):
    key = f"approvals/{click['actions'][0]['value']}.json"
    found = s3.get_object(Bucket=BUCKET, Key=key)
    pending = json.load(found["Body"])
    if pending.get("decision"):
        tell(click["response_url"], {"response_type": "ephemeral", "text": "Already answered."})
        return
    approved = click["actions"][0]["action_id"] == "crossfade_approve"
    pending["decision"] = {
        "choice": "APPROVED" if approved else "REJECTED",
        "userId": click["user"]["id"],
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "passedOn": False,
    }
    stored = s3.put_object(Bucket=BUCKET, Key=key, Body=json.dumps(pending), IfMatch=found["ETag"])
    if approved:
        step_functions.send_task_success(taskToken=pending["token"], output=json.dumps(pending["deployment"]))
    else:
        step_functions.send_task_failure(taskToken=pending["token"], error="Rejected")
    text = f"{'Approved' if approved else 'Rejected'} by <@{click['user']['id']}>"
    tell(click["response_url"], {"replace_original": True, "text": text})
    pending["decision"]["passedOn"] = True
    s3.put_object(Bucket=BUCKET, Key=key, Body=json.dumps(pending), IfMatch=stored["ETag"])


def handler(event, context):
    body = event["body"].encode()
    if event["isBase64Encoded"]:
        body = base64.b64decode(body)
    if not signed(event["headers"], body):
        return {"statusCode": 401}
    click = json.loads(urllib.parse.parse_qs(body.decode())["payload"][0])
    ours = (
        click["team"]["id"] == os.environ["CROSSFADE_SLACK_TEAM_ID"]
        and click["api_app_id"] == os.environ["CROSSFADE_SLACK_APP_ID"]
    )
    if not ours:
        return {"statusCode": 401}
    if click["user"]["id"] in APPROVERS:
        decide(click)
    else:
        tell(click["response_url"], {"response_type": "ephemeral", "text": "You may not decide."})
    return {"statusCode": 200}
