"""Looks at the alarms of both target groups, and at the canary's targets, while a step bakes."""

import boto3

cloudwatch = boto3.client("cloudwatch")
elb = boto3.client("elbv2")


def alarms_of(groups):
    pages = cloudwatch.get_paginator("describe_alarms").paginate(AlarmTypes=["MetricAlarm", "CompositeAlarm"])
    for page in pages:
        for alarm in page["MetricAlarms"]:
            dimensions = {d["Name"]: d["Value"] for d in alarm.get("Dimensions", [])}
            if dimensions.get("TargetGroup") in groups:
                yield alarm


def decide(document, alarms, healthy):
    firing = [alarm["AlarmName"] for alarm in alarms if alarm["StateValue"] == "ALARM"]
    if firing:
        return "ROLL_BACK", "firing: " + ", ".join(firing)
    if not alarms or any(alarm["StateValue"] != "OK" for alarm in alarms):
        return "WAIT", "an alarm has no data"
    if healthy < document["progress"]["capacity"]:
        return "WAIT", f"{healthy} targets are healthy"
    return "ADVANCE", "all alarms are OK"


def handler(event, context):
    document = event["document"]
    target = document["target"]
    groups = {target[side]["targetGroupArn"].split(":")[-1] for side in ("stable", "canary")}
    alarms = list(alarms_of(groups))
    health = elb.describe_target_health(TargetGroupArn=target["canary"]["targetGroupArn"])
    healthy = sum(
        1 for target in health["TargetHealthDescriptions"] if target["TargetHealth"]["State"] == "healthy"
    )
    action, reason = decide(document, alarms, healthy)
    return {**document, "verdict": {"action": action, "reason": reason}}
