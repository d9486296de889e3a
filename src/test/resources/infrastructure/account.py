"""A small model of an AWS account, and of the person and the programs around it, for the commands
of the walkthrough. Usage: account.py FOLDER, where FOLDER has the pipes `requests` and `replies`,
and templates.json with every template of this project as JSON.

A request is a number of texts, then the folder, the two regions of the environment, and the words
of a command. A reply is an exit status, a number of lines, and the lines. What AWS would refuse is
a complaint: one sentence, which ends the walkthrough.
"""
import json
import os
import re
import sys

ACCOUNT, REGION = "123456789012", "eu-central-1"
ARN = f"arn:aws:%s:{REGION}:{ACCOUNT}:%s"
UUID = "00000000-0000-4000-8000-000000000000"
LIMIT = 51_200

# What CloudFormation needs before it can make a resource of this type.
ROLES = {
    "AWS::ECS::Cluster": "ecs.amazonaws.com",
    "AWS::ApplicationAutoScaling::ScalableTarget": "ecs.application-autoscaling.amazonaws.com",
    "AWS::ElasticLoadBalancingV2::LoadBalancer": "elasticloadbalancing.amazonaws.com",
    "AWS::RDS::DBInstance": "rds.amazonaws.com",
    "AWS::CodeStarNotifications::NotificationRule": "codestar-notifications.amazonaws.com",
}
# Names that only one of an account can have, and what asks for them.
NAMES = {
    "AWS::ECR::Repository": "RepositoryName",
    "AWS::S3::Bucket": "BucketName",
    "AWS::ECS::Cluster": "ClusterName",
    "AWS::CloudWatch::Alarm": "AlarmName",
    "AWS::CloudWatch::Dashboard": "DashboardName",
    "AWS::Serverless::StateMachine": "Name",
    "AWS::CodeStarNotifications::NotificationRule": "Name",
}
# What a person should look at before it is taken away.
LOOKS = [
    "the quota of Fargate", "the site by curl", "the state of the pipelines", "the executions",
    "the weights", "the tasks", "the parameters of an update", "what a release would do",
    "a drill",
]
# The SAM CLI finds parameters in its arguments by expressions like these.
SAM_VALUE = r"""("(?:\\.|[^"\\]+)*"|'(?:\\.|[^'\\]+)*'|(?:\\.|[^ "\\]+)+)"""
SAM_PARAMETER = re.compile(r" ([A-Za-z0-9\"']+)=" + SAM_VALUE)


class Complaint(Exception):
    pass


class NotYet(Exception):
    """What was started in the background has not been heard of yet."""


class Stack:
    def __init__(self, name, template):
        self.name, self.template, self.given = name, template, {}
        self.status, self.made, self.imports = "CREATE_IN_PROGRESS", {}, set()
        Stack.count = getattr(Stack, "count", 0) + 1
        self.unique = f"00000000-0000-4000-8000-{Stack.count:012d}"


class Account:
    def __init__(self, templates):
        self.templates = templates
        self.roles, self.secrets, self.stacks, self.left = set(), {}, {}, {}
        self.connections, self.certificates, self.policies = {}, [], {}
        self.quota = 4.0
        self.looked, self.executions, self.images = set(), [], {}
        self.built = self.database_user = self.slack_address = False
        self.tunnel = None
        self.open_rules = {"ingress", "egress"}
        self.parsed = {"aws": [], "sam": []}
        self.clones = {
            name: {"committed": {"Dockerfile"}, "staged": set(), "pushed": {"Dockerfile"}}
            for name in ("backend", "frontend")
        }
        self.fail_at = None
        self.tagged = set()

    # Commands.

    def run(self, folder, regions, words):
        self.folder = folder
        tool, words = words[0], words[1:]
        if tool in ("aws", "sam"):
            self.needs_region(tool, regions, words)
        if tool == "aws":
            return self.aws(words)
        return getattr(self, tool)(words) or ""

    def needs_region(self, tool, regions, words):
        region, default = regions
        found = "--region" in words or default or (region if tool == "aws" else "")
        if words[:1] != ["iam"] and words[:1] != ["route53"] and not found:
            raise Complaint(f"{tool}: no region; it reads " + (
                "AWS_DEFAULT_REGION" if tool == "sam" else "AWS_REGION or AWS_DEFAULT_REGION"))

    def aws(self, words):
        service, operation, words = words[0], words[1], words[2:]
        options, rest = {}, []
        name = None
        for word in words:
            if word.startswith("--"):
                name, _, value = word[2:].partition("=")
                options[name] = [value] if value else []
            elif name:
                options[name].append(word)
            else:
                rest.append(word)
        self.rest = rest
        handler = getattr(self, f"{service}_{operation}".replace("-", "_"), None)
        if not handler:
            raise Complaint(f"the model does not know aws {service} {operation}")
        return handler({name: v[0] if len(v) == 1 else v for name, v in options.items()}) or ""

    def read(self, text):
        """What the CLI makes of file://: a path that is relative to the folder."""
        if not text.startswith("file://"):
            return text
        path = os.path.join(self.folder, text[7:])
        if not os.path.exists(path):
            raise Complaint(f"{text[7:]} does not exist")
        return open(path).read()

    def iam_create_service_linked_role(self, options):
        self.roles.add(options["aws-service-name"])

    def route53_list_hosted_zones_by_name(self, options):
        found = options["dns-name"] == "example.com" and "example.com." in options["query"]
        return "/hostedzone/Z0123456789" if found else "None"

    def ec2_revoke_security_group_ingress(self, options):
        self.close("ingress", options)

    def ec2_revoke_security_group_egress(self, options):
        self.close("egress", options)

    def close(self, direction, options):
        self.expect(options["group-id"], "Missing option --group-id")
        self.open_rules.discard(direction)

    def service_quotas_get_service_quota(self, options):
        self.look("the quota of Fargate")
        return f"{self.quota}"

    def service_quotas_request_service_quota_increase(self, options):
        self.expect(options["quota-code"] == "L-3032A538", "that is not Fargate's quota")
        self.quota = float(options["desired-value"])

    # Secrets.

    def secretsmanager_create_secret(self, options):
        name = options["name"]
        self.expect(name not in self.secrets, f"ResourceExistsException: secret {name} already exists")
        self.secrets[name] = self.read(options["secret-string"])
        return self.secret_arn(name) if "query" in options else json.dumps({"ARN": self.secret_arn(name)})

    def secret_arn(self, name):
        return ARN % ("secretsmanager", f"secret:{name}-AbCdEf")

    def secretsmanager_get_secret_value(self, options):
        return json.dumps({"username": "booking", "password": "s3cret", "host": "db.internal", "port": 5432})

    def secretsmanager_delete_secret(self, options):
        name = options["secret-id"]
        self.expect(name in self.secrets, f"ResourceNotFoundException: there is no secret {name}")
        self.expect("force-delete-without-recovery" in options,
                    f"secret {name} would keep its name for thirty days")
        del self.secrets[name]

    def secret(self, name, *keys):
        self.expect(name in self.secrets, f"there is no secret {name}")
        try:
            found = json.loads(self.secrets[name])
        except ValueError:
            raise Complaint(f"secret {name} is not JSON")
        self.expect(all(found.get(key) for key in keys), f"secret {name} lacks one of {keys}")

    # CloudFormation.

    def cloudformation_deploy(self, options):
        file = options["template-file"]
        self.expect(os.path.exists(os.path.join(self.folder, file)), f"{file} does not exist")
        self.expect(os.path.getsize(os.path.join(self.folder, file)) <= LIMIT or "s3-bucket" in options,
                    f"{file} is larger than {LIMIT} bytes")
        given = options.get("parameter-overrides", [])
        given = given if isinstance(given, list) else [given]
        if len(given) == 1 and given[0].startswith("file://"):
            given = json.loads(self.read(given[0]))
        pairs = dict(text.split("=", 1) for text in given)
        self.parsed["aws"].append([given, pairs])
        self.deploy(options["stack-name"], file, pairs, options.get("capabilities", ""))

    def deploy(self, name, file, given, capabilities):
        template = self.templates[file]
        types = {r["Type"] for r in template["Resources"].values()}
        if types & {"AWS::IAM::Role", "AWS::Serverless::Function"}:
            self.expect("CAPABILITY_IAM" in capabilities, f"InsufficientCapabilitiesException: stack {name} makes roles")
        stack = self.stacks.get(name)
        if stack:
            self.expect(stack.status != "ROLLBACK_COMPLETE",
                        f"stack {name} is in ROLLBACK_COMPLETE state and can not be updated")
        else:
            stack = self.stacks[name] = Stack(name, template)
        self.parameters(stack, given)
        before = dict(stack.made)
        try:
            for logical, resource in template["Resources"].items():
                if logical not in before and self.wanted(stack, resource):
                    self.expect(resource["Type"] != self.fail_at, f"{logical} failed, as planted")
                    self.make(stack, logical, resource)
            for key, output in template.get("Outputs", {}).items():
                self.value(stack, output["Value"])
        except Complaint:
            if not before:
                self.roll_back(stack)
            raise
        stack.status = "COMPLETE"
        if "pipeline.yaml" in file:
            self.start_pipeline(stack)

    def roll_back(self, stack):
        """A creation that failed is taken back, but what is retained stays and keeps its name."""
        for logical, physical in stack.made.items():
            if stack.template["Resources"][logical].get("DeletionPolicy") == "Retain":
                self.left[physical] = stack.template["Resources"][logical]["Type"]
        stack.made, stack.status = {}, "ROLLBACK_COMPLETE"

    def parameters(self, stack, given):
        declared = stack.template.get("Parameters", {})
        for name in given:
            self.expect(name in declared, f"stack {stack.name} has no parameter {name}")
        stack.given.update(given)
        for name, parameter in declared.items():
            value = stack.given.get(name, parameter.get("Default"))
            self.expect(value is not None, f"stack {stack.name} needs parameter {name}")
            allowed, pattern = parameter.get("AllowedValues"), parameter.get("AllowedPattern")
            fits = str(value) in map(str, allowed) if allowed else not pattern or re.fullmatch(pattern, str(value))
            self.expect(fits, f"stack {stack.name}: parameter {name} may not be '{value}'")

    def make(self, stack, logical, resource):
        type_, properties = resource["Type"], resource.get("Properties", {})
        role = ROLES.get(type_)
        self.expect(not role or role in self.roles, f"{logical}: the service-linked role of {role} does not exist")
        self.walk(stack, properties)
        name = self.value(stack, properties[NAMES[type_]]) if NAMES.get(type_) in properties else None
        taken = [s.name for s in self.stacks.values() for l, p in s.made.items()
                 if p == name and s.template["Resources"][l]["Type"] == type_]
        self.expect(not name or (name not in self.left and not taken), f"{logical}: {name} already exists")
        if type_ == "AWS::CertificateManager::Certificate":
            zones = [option.get("HostedZoneId") for option in properties.get("DomainValidationOptions", [])]
            self.expect(zones and all(self.value(stack, z) == "Z0123456789" for z in zones),
                        f"{logical}: nobody validates the certificate")
        stack.made[logical] = name or self.physical(stack, logical, type_)

    def physical(self, stack, logical, type_):
        return {
            "AWS::CertificateManager::Certificate": ARN % ("acm", f"certificate/{UUID}"),
            "AWS::ElasticLoadBalancingV2::ListenerRule": ARN % (
                "elasticloadbalancing", f"listener-rule/app/{stack.name}/1/2/{logical}"),
            "AWS::S3::Bucket": f"{stack.name}-{logical.lower()}-{stack.unique[-3:]}",
        }.get(type_, f"{stack.name}-{logical.lower()}")

    def walk(self, stack, node):
        """Whatever is imported must be exported."""
        if isinstance(node, dict):
            if "Fn::If" in node:
                condition, then, otherwise = node["Fn::If"]
                return self.walk(stack, then if self.condition(stack, condition) else otherwise)
            if "Fn::ImportValue" in node:
                self.value(stack, node)
            node = list(node.values())
        for item in node if isinstance(node, list) else []:
            self.walk(stack, item)

    def wanted(self, stack, part):
        return "Condition" not in part or self.condition(stack, part["Condition"])

    def condition(self, stack, node):
        if isinstance(node, str):
            return self.condition(stack, stack.template["Conditions"][node])
        (kind, parts), = node.items()
        if kind == "Condition":
            return self.condition(stack, parts)
        if kind == "Fn::Equals":
            return str(self.value(stack, parts[0])) == str(self.value(stack, parts[1]))
        truths = [self.condition(stack, part) for part in parts]
        return {"Fn::Not": not truths[0], "Fn::And": all(truths), "Fn::Or": any(truths)}[kind]

    def value(self, stack, node):
        if isinstance(node, list):
            return [self.value(stack, item) for item in node]
        if not isinstance(node, dict) or len(node) != 1:
            return node
        (kind, parts), = node.items()
        if kind == "Ref":
            return self.named(stack, parts)
        if kind == "Fn::GetAtt":
            return self.attribute(stack, *parts)
        if kind == "Fn::If":
            return self.value(stack, parts[1] if self.condition(stack, parts[0]) else parts[2])
        if kind == "Fn::Sub":
            text, own = (parts[0], parts[1]) if isinstance(parts, list) else (parts, {})
            own = {key: self.value(stack, item) for key, item in own.items()}
            return re.sub(r"\$\{([^!}]+)}", lambda m: str(own[m[1]]) if m[1] in own else str(
                self.attribute(stack, *m[1].split(".", 1)) if "." in m[1] else self.named(stack, m[1])), text)
        if kind == "Fn::ImportValue":
            name = self.value(stack, parts)
            exporter = self.exporter(name)
            self.expect(exporter, f"stack {stack.name}: No export named {name} found")
            stack.imports.add(name)
            return self.exports(exporter)[name]
        if kind == "Fn::Join":
            return parts[0].join(str(item) for item in self.value(stack, parts[1]))
        if kind == "Fn::Split":
            return self.value(stack, parts[1]).split(parts[0])
        if kind == "Fn::Select":
            return self.value(stack, parts[1])[int(parts[0])]
        return node

    def named(self, stack, name):
        pseudo = {"AWS::StackName": stack.name, "AWS::Region": REGION, "AWS::AccountId": ACCOUNT,
                  "AWS::Partition": "aws", "AWS::StackId": ARN % ("cloudformation", f"stack/{stack.name}/{stack.unique}"),
                  "AWS::URLSuffix": "amazonaws.com", "AWS::NoValue": ""}
        if name in pseudo:
            return pseudo[name]
        if name in stack.template.get("Parameters", {}):
            return stack.given.get(name, stack.template["Parameters"][name].get("Default"))
        if stack.template["Resources"][name]["Type"] == "AWS::Serverless::StateMachine":
            return ARN % ("states", f"stateMachine:{stack.made.get(name)}")
        return stack.made.get(name, f"{stack.name}-{name.lower()}")

    def attribute(self, stack, logical, attribute):
        if attribute == "LoadBalancerName":
            return "booki-LoadB-1A2B3C4D5E6F"
        return f"{stack.made.get(logical, logical)}.{attribute}"

    def exports(self, stack):
        return {self.value(stack, output["Export"]["Name"]): self.value(stack, output["Value"])
                for output in stack.template.get("Outputs", {}).values()
                if "Export" in output and self.wanted(stack, output)}

    def exporter(self, name):
        for stack in self.stacks.values():
            if stack.status == "COMPLETE" and name in self.exports(stack):
                return stack
        return None

    def stack(self, name):
        self.expect(name in self.stacks, f"Stack with id {name} does not exist")
        return self.stacks[name]

    def cloudformation_describe_stacks(self, options):
        stack = self.stack(options["stack-name"])
        key = re.search(r"OutputKey==.([A-Za-z]+).", options["query"])[1]
        output = stack.template.get("Outputs", {}).get(key)
        self.expect(output and self.wanted(stack, output), f"stack {stack.name} has no output {key}")
        if key == "SlackRequestUrl":
            # A person copies it into the Slack app.
            self.slack_address = True
        return str(self.value(stack, output["Value"]))

    def cloudformation_describe_stack_resource(self, options):
        return str(self.stack(options["stack-name"]).made[options["logical-resource-id"]])

    def cloudformation_set_stack_policy(self, options):
        self.stack(options["stack-name"])
        self.policies[options["stack-name"]] = json.loads(self.read(options["stack-policy-body"]))

    def cloudformation_delete_stack(self, options):
        stack = self.stack(options["stack-name"])
        if stack.status != "COMPLETE":
            stack.status = "DELETE_IN_PROGRESS"
            return
        missing = [look for look in LOOKS if look not in self.looked]
        self.expect(not missing, f"nobody has looked at {', '.join(missing)}")
        for name in self.exports(stack):
            users = [s.name for s in self.stacks.values() if name in s.imports]
            self.expect(not users, f"Export {name} cannot be deleted as it is in use by {', '.join(users)}")
        if any("acm" in str(p) for p in stack.made.values()):
            users = [s.name for s in self.stacks.values() if "acm" in s.given.get("CertificateArn", "")]
            self.expect(not users, f"the certificate is in use by {', '.join(users)}")
        if stack.template["Resources"].get("SamCliSourceBucket"):
            self.expect(not self.left.get("aws-sam-cli-managed-default-bucket/objects"),
                        "the bucket of aws-sam-cli-managed-default is not empty")
        stack.status = "DELETE_IN_PROGRESS"

    def cloudformation_wait(self, options):
        stack = self.stack(options["stack-name"])
        self.expect(stack.status == "DELETE_IN_PROGRESS", f"stack {stack.name} is not being deleted")
        for logical, physical in stack.made.items():
            resource = stack.template["Resources"][logical]
            policy = resource.get("DeletionPolicy", "")
            if policy.startswith("Retain"):
                self.left[physical] = resource["Type"]
            elif policy == "Snapshot":
                self.left[f"snapshot of {physical}"] = resource["Type"]
        del self.stacks[stack.name]

    # The first look at the site, the database's user, Slack's button.

    def curl(self, words):
        url = words[-1]
        site = self.stack("booking-site")
        self.expect(url.startswith("http"), f"curl: no address: '{url}'")
        host = re.sub(r"^https?://", "", url)
        if url.startswith("https"):
            self.expect(host == site.given.get("DomainName") and site.given.get("HostedZoneId"),
                        f"curl: the certificate is not for {host}, or no record leads there")
        self.look("the site by curl")
        return "HTTP/2 200"

    def ssm_start_session(self, options):
        there = options["target"].startswith("booking-network")
        self.tunnel = "open" if there else "there is no bastion to go through"

    def psql(self, words):
        if self.tunnel is None:
            raise NotYet
        self.expect(self.tunnel == "open", self.tunnel)
        self.database_user = True

    def vi(self, words):
        """A person writes what the page says."""
        keys = ("username", "password") if "docker" in words[0] else ("signingSecret", "botToken")
        with open(os.path.join(self.folder, words[0]), "w") as file:
            json.dump({key: "secret" for key in keys}, file)

    # The releasing stack.

    def mvn(self, words):
        if "-Pdrill" in words:
            self.stack(next((w for w in words if w.startswith("-Dstack=")), "-Dstack=")[len("-Dstack="):])
            for service in ("backend-blue", "backend-green"):
                arn = ARN % ("ecs", f"service/booking/{service}")
                self.expect((arn, "crossfade:drill") in self.tagged, f"service {service} has no tag crossfade:drill")
            self.look("a drill")
            return
        self.expect("package" in words, "the model does not know this mvn")
        self.built = True

    def sam(self, words):
        self.expect(words[0] == "deploy", "the model does not know this sam")
        self.expect(self.built, "sam: target/function.zip does not exist")
        given = words[words.index("--parameter-overrides") + 1:]
        pairs = {}
        for text in given:
            if text.startswith("--"):
                break
            found = SAM_PARAMETER.findall(" " + text.strip())
            self.expect(found, f"sam: {text} is not in valid format")
            for key, value in found:
                pairs[key] = re.sub(r"""^(["'])(.*)\1$""", r"\2", value)
        self.parsed["sam"].append([given, dict(pairs)])
        self.expect("--resolve-s3" in words, "sam: Missing option '--s3-bucket'")
        bucket = {"Resources": {"SamCliSourceBucket": {"Type": "AWS::S3::Bucket"}}}
        stack = self.stacks["aws-sam-cli-managed-default"] = Stack("aws-sam-cli-managed-default", bucket)
        stack.made, stack.status = {"SamCliSourceBucket": "aws-sam-cli-managed-default-bucket"}, "COMPLETE"
        self.left["aws-sam-cli-managed-default-bucket/objects"] = "object"
        stack.template["Outputs"] = {"SourceBucket": {"Value": {"Ref": "SamCliSourceBucket"}}}
        secret = re.match(r".*:secret:(.*)-\w{6}$", pairs.get("SlackSecretArn", ""))
        self.expect(secret, f"sam: parameter SlackSecretArn may not be '{pairs.get('SlackSecretArn')}'")
        self.secret(secret[1], "signingSecret", "botToken")
        self.deploy(words[words.index("--stack-name") + 1], "template.yaml", pairs,
                    " ".join(words))

    # From a push to a release.

    def git(self, words):
        self.expect(words[0] == "-C", "the model does not know this git")
        name, verb = os.path.basename(words[1]), words[2]
        clone = self.clones[name]
        if verb == "add":
            path = os.path.join(self.folder, words[1], words[3])
            self.expect(os.path.exists(path), f"git: pathspec '{words[3]}' did not match any files in {name}")
            clone["staged"].add(words[3])
        elif verb == "commit":
            self.expect(clone["staged"], f"git: nothing to commit in {name}")
            clone["committed"] |= clone["staged"]
            clone["staged"] = set()
        elif verb == "push":
            clone["pushed"] |= clone["committed"]
            for stack in list(self.stacks.values()):
                if "Pipeline" in stack.made and stack.given["Application"] == name:
                    self.start_pipeline(stack)

    def codeconnections_create_connection(self, options):
        arn = ARN % ("codeconnections", f"connection/{UUID}")
        self.connections[arn] = "PENDING"
        return arn

    def codeconnections_get_connection(self, options):
        # A person has authorized it meanwhile.
        self.expect(options["connection-arn"] in self.connections, "there is no such connection")
        self.connections[options["connection-arn"]] = "AVAILABLE"
        return "AVAILABLE"

    def codeconnections_delete_connection(self, options):
        self.expect(options["connection-arn"] in self.connections, "there is no such connection")
        del self.connections[options["connection-arn"]]

    def start_pipeline(self, stack):
        """A pipeline starts when it is made and at each push, and this is all that it needs."""
        name = stack.given["Application"]
        pushed = self.clones[name]["pushed"]
        status = self.connections.get(stack.given["ConnectionArn"])
        self.expect(status == "AVAILABLE", f"the pipeline of {name} has no source: the connection is {status}")
        self.expect("buildspec.yml" in pushed, f"the build of {name} finds no buildspec.yml")
        self.secret("crossfade/docker", "username", "password")
        site = self.stack("booking-site")
        self.expect(site.given.get("NotificationEmail") and self.stack("crossfade").given.get("NotificationEmail"),
                    "nobody would be told by e-mail how a release ended")
        self.expect(site.given.get("CertificateArn"), "tasks call the site by HTTPS alone, and it has no certificate")
        self.expect(self.policies.get("booking-site"), "an update of the site could move traffic: it has no stack policy")
        self.expect(not self.open_rules, f"the default security group has a rule: {self.open_rules}")
        self.expect(self.database_user, "the backend has no user of the database")
        self.expect(self.stack("crossfade").given.get("SlackApprovers"), "nobody may approve a release")
        vcpu = sum(2 * 2 * float(self.stacks["booking-site"].template["Parameters"][f"{a}Cpu"]["Default"]) / 1024
                   for a in ("Frontend", "Backend"))
        self.expect(vcpu <= self.quota, f"two releases at once need {vcpu:g} vCPU of Fargate, the quota is {self.quota:g}")
        self.expect(self.slack_address, "nobody can answer in Slack: the app has no Request URL")
        self.left[f"images of booking/{name}"] = "image"
        for bucket in (stack.made["ArtifactBucket"], self.stacks["crossfade"].made["StateBucket"]):
            self.left[f"{bucket}/objects"] = "object"
        self.executions.append(f"{name}-{len(self.executions)}")

    def codepipeline_get_pipeline_state(self, options):
        self.expect(self.executions, "there is no pipeline")
        self.look("the state of the pipelines")
        return "Release\tSucceeded"

    def stepfunctions_list_executions(self, options):
        self.expect(self.executions, "there is no execution")
        self.look("the executions")
        return ARN % ("states", f"execution:crossfade-release:{self.executions[0]}")

    def stepfunctions_describe_execution(self, options):
        self.expect(options["execution-arn"].startswith("arn:"), f"there is no execution '{options['execution-arn']}'")
        return json.dumps({"imageUri": "x", "BASE_SERVICE_NAME": "backend"})

    def stepfunctions_start_execution(self, options):
        started = json.loads(self.read(options["input"]))
        self.expect(started.get("dryRun") is True, "this would be a release, not a dry run")
        self.look("what a release would do")

    def elbv2_describe_rules(self, options):
        if "Weight" not in options["query"]:
            self.look("the weights")
        rule = options["rule-arns"]
        return "booking-site-" + ("backend" if "Backend" in rule else "frontend") + "bluetargetgroup"

    def ecs_describe_services(self, options):
        if not isinstance(options["services"], list):
            # Asked by site-present.sh.
            self.look("the parameters of an update")
            return "1\t" + ARN % ("ecs", f"task-definition/{options['services']}:1")
        if "serviceArn" in options["query"]:
            return "\t".join(ARN % ("ecs", f"service/{options['cluster']}/{name}") for name in options["services"])
        self.look("the tasks")
        return "backend-green\t2\t2"

    def ecs_tag_resource(self, options):
        key = dict(part.split("=", 1) for part in options["tags"].split(","))["key"]
        self.tagged.add((options["resource-arn"], key))

    # Taking away.

    def s3api_list_object_versions(self, options):
        found = self.left.get(f"{options['bucket']}/objects")
        return json.dumps({"Objects": [{"Key": "key", "VersionId": "1"}] if found else []}, indent=1)

    def s3api_delete_objects(self, options):
        self.expect(json.loads(self.read(options["delete"]))["Objects"], "MalformedXML: nothing to delete")
        self.left.pop(f"{options['bucket']}/objects", None)

    def s3api_delete_bucket(self, options):
        bucket = options["bucket"]
        self.expect(f"{bucket}/objects" not in self.left, f"BucketNotEmpty: {bucket}")
        self.expect(bucket in self.left, f"NoSuchBucket: {bucket}")
        del self.left[bucket]

    def ecr_delete_repository(self, options):
        name = options["repository-name"]
        self.expect(self.left.get(name) == "AWS::ECR::Repository", f"there is no repository {name}, or its stack holds it")
        self.expect("force" in options or f"images of {name}" not in self.left, f"RepositoryNotEmptyException: {name}")
        self.left.pop(f"images of {name}", None)
        del self.left[name]

    # What the test asks.

    def plant(self, words):
        self.fail_at = words[0] if words else None

    def parameters_of(self, words):
        return "\n".join(json.dumps(each) for each in self.parsed[words[0]])

    def remains(self, words):
        remains = [f"stack {name} ({stack.status})" for name, stack in self.stacks.items()]
        remains += [f"secret {name}" for name in self.secrets] + ["connection" for _ in self.connections]
        remains += sorted(self.left)
        remains += [f"file {name}" for name in ("docker.json", "slack.json") if os.path.exists(os.path.join(self.folder, name))]
        return "\n".join(remains)

    def look(self, at):
        self.looked.add(at)

    def expect(self, truth, sentence):
        if not truth:
            raise Complaint(sentence)


def main(folder):
    with open(os.path.join(folder, "templates.json")) as file:
        account = Account(json.load(file))
    with open(os.path.join(folder, "requests"), "rb") as requests, open(os.path.join(folder, "replies"), "w") as replies:
        def text():
            read = bytearray()
            while (byte := requests.read(1)) not in (b"\0", b""):
                read += byte
            return read.decode(), byte != b""

        while True:
            count, more = text()
            if not more:
                return
            words = [text()[0] for _ in range(int(count))]
            try:
                status, answer = 0, account.run(words[0], words[1:3], words[3:])
            except Complaint as complaint:
                status, answer = 254, f"complaint: {complaint}"
            except NotYet:
                status, answer = 75, ""
            if words[3:6] == ["aws", "ssm", "start-session"]:
                # Nobody waits for an answer.
                continue
            lines = answer.split("\n") if answer else []
            replies.write(f"{status} {len(lines)}\n" + "".join(line + "\n" for line in lines))
            replies.flush()


main(sys.argv[1])
