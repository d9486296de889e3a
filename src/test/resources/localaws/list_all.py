"""Asks for every list of a local AWS, page by page, as a client does that knows nothing of it.

Whatever is not as AWS's API model says is an error.
"""

import datetime

import boto3
import botocore.exceptions

NOW = datetime.datetime.now(datetime.timezone.utc)
DAY = datetime.timedelta(days=1)


def client(service):
    return boto3.client(service)


def pages(service, operation, key, size=1, **arguments):
    """All items of a list, and how many pages it took with this many on each."""
    paginator = client(service).get_paginator(operation)
    config = {"PageSize": size} if size else {}
    found = list(paginator.paginate(PaginationConfig=config, **arguments))
    return [item for page in found for item in page.get(key, [])], len(found)


def show(name, found, count=None):
    print(name, len(found), "in", count, "pages" if count != 1 else "page")


def listed(service, operation, key, size=1, **arguments):
    found, count = pages(service, operation, key, size, **arguments)
    show(operation, found, count)
    return found


def refused(service, operation, **arguments):
    try:
        getattr(client(service), operation)(**arguments)
        print(service, operation, "answered")
    except botocore.exceptions.ClientError as error:
        status = error.response["ResponseMetadata"]["HTTPStatusCode"]
        details = error.response["Error"]
        print(service, operation, status, details["Code"], details["Message"].rstrip("/"))


print(client("sts").get_caller_identity()["Account"])
cluster = listed("ecs", "list_clusters", "clusterArns")[0]
listed("ecs", "list_services", "serviceArns", cluster=cluster)
tasks = listed("ecs", "list_tasks", "taskArns", cluster=cluster)
client("ecs").describe_tasks(cluster=cluster, tasks=tasks)
listed("ecs", "list_task_definitions", "taskDefinitionArns")

machine = listed("stepfunctions", "list_state_machines", "stateMachines")[0]["stateMachineArn"]
run = listed("stepfunctions", "list_executions", "executions", stateMachineArn=machine)[0]
listed("stepfunctions", "get_execution_history", "events", size=2, executionArn=run["executionArn"])

listed("s3", "list_buckets", "Buckets")
bucket = "listed"
listed("s3", "list_objects_v2", "Contents", Bucket=bucket)
found, count = pages("s3", "list_objects_v2", "CommonPrefixes", Bucket=bucket, Delimiter="/")
print([each["Prefix"] for each in found], count)

listed("sns", "list_topics", "Topics", size=None)
listed("secretsmanager", "list_secrets", "SecretList")

balancer = listed("elbv2", "describe_load_balancers", "LoadBalancers")[0]["LoadBalancerArn"]
listener = listed("elbv2", "describe_listeners", "Listeners", LoadBalancerArn=balancer)[0]
listed("elbv2", "describe_rules", "Rules", ListenerArn=listener["ListenerArn"])
for group in listed("elbv2", "describe_target_groups", "TargetGroups"):
    health = client("elbv2").describe_target_health(TargetGroupArn=group["TargetGroupArn"])
    show(group["TargetGroupName"], health["TargetHealthDescriptions"], 1)

listed("cloudwatch", "describe_alarms", "MetricAlarms")
metrics = listed("cloudwatch", "list_metrics", "Metrics", size=None, Namespace="Shop")
statistics = client("cloudwatch").get_metric_statistics(
    **metrics[0], StartTime=NOW - 30 * DAY, EndTime=NOW + 300 * DAY, Period=86400 * 7,
    Statistics=["Sum", "SampleCount"], ExtendedStatistics=["p50"])
print(statistics["Label"], [(p["Sum"], p["SampleCount"], p["ExtendedStatistics"]) for p in statistics["Datapoints"]])
query = [
    {"Id": f"m{i}", "MetricStat": {"Metric": metric, "Period": 86400 * 7, "Stat": "Sum"}}
    for i, metric in enumerate(metrics)
]
found, count = pages(
    "cloudwatch", "get_metric_data", "MetricDataResults",
    MetricDataQueries=query, StartTime=NOW - 30 * DAY, EndTime=NOW + 300 * DAY)
print([(each["Id"], each["StatusCode"], each["Values"]) for each in found], count)

refused("lambda", "list_functions")
refused("iam", "list_roles")
refused("ec2", "describe_instances")
refused("cloudformation", "list_stacks")
refused("logs", "describe_log_groups")
refused("route53", "list_hosted_zones")
refused("ecs", "start_task", taskDefinition="x", containerInstances=["i"])
refused("stepfunctions", "list_activities")
refused("cloudwatch", "list_dashboards")
refused("s3", "list_object_versions", Bucket=bucket)
