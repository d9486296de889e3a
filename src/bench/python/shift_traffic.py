"""Writes the next step's weights to the rule, if the lock is held, the rule is as written, and all targets are there."""

import json
import os
import re

import boto3

s3 = boto3.client("s3")
elb = boto3.client("elbv2")


def require_lock(event):
    document = event["document"]
    key = "locks/" + re.sub("[^A-Za-z0-9-]", "_", document["release"]["ruleArn"]) + ".json"
    lock = json.load(s3.get_object(Bucket=os.environ["CROSSFADE_STATE_BUCKET"], Key=key)["Body"])
    held = (lock["deployment"], lock["execution"]) == (document["id"], event["execution"])
    if lock["released"] or not held:
        raise RuntimeError("the lock is not held any more")


def healthy(group):
    targets = elb.describe_target_health(TargetGroupArn=group)["TargetHealthDescriptions"]
    return sum(1 for target in targets if target["TargetHealth"]["State"] == "healthy")


def actions_of(rule):
    return elb.describe_rules(RuleArns=[rule])["Rules"][0]["Actions"]


def weights(actions):
    return {group["TargetGroupArn"]: group["Weight"] for group in actions[-1]["ForwardConfig"]["TargetGroups"]}


def share(found, group):
    total = sum(found.values())
    return 100 * found.get(group, 0) // total if total else 0


def handler(event, context):
    require_lock(event)
    document = event["document"]
    rule = document["release"]["ruleArn"]
    progress = document["progress"]
    stable, canary = (document["target"][side]["targetGroupArn"] for side in ("stable", "canary"))
    found = healthy(canary)
    actions = actions_of(rule)
    if share(weights(actions), canary) != progress["weights"]["canary"]:
        return {**document, "verdict": {"action": "ROLL_BACK", "reason": "someone else changed the rule"}}
    if found < progress["capacity"]:
        return {**document, "verdict": {"action": "WAIT", "reason": f"{found} targets are healthy"}}
    step = progress["step"] + 1
    weight = document["release"]["steps"][step]["weight"]
    wanted = {stable: 100 - weight, canary: weight}
    forward = actions[-1]
    forward.pop("TargetGroupArn", None)
    for group in forward["ForwardConfig"]["TargetGroups"]:
        group["Weight"] = wanted[group["TargetGroupArn"]]
    elb.modify_rule(RuleArn=rule, Actions=actions)
    if weights(actions_of(rule)) != wanted:
        raise RuntimeError("the rule was written but does not show")
    progress = {**progress, "step": step, "weights": {"stable": 100 - weight, "canary": weight}}
    verdict = {"action": "SHIFTED", "reason": f"the new version gets {weight} % of the traffic"}
    return {**document, "progress": progress, "verdict": verdict}
