"""Translates a SAM template as CloudFormation would: translate.py TEMPLATE. Prints how many resources came of it."""
import os
import sys

os.environ.setdefault("AWS_DEFAULT_REGION", "eu-central-1")
try:
    from samtranslator.translator.transform import transform
    from samtranslator.yaml_helper import yaml_parse
except ImportError as missing:
    print("not installed:", missing)
    sys.exit(77)


class NoManagedPolicies:
    def load(self):
        return {}


with open(sys.argv[1], encoding="utf-8") as file:
    template = yaml_parse(file.read())

# What `sam deploy` does before: local files become objects in S3.
template["Globals"]["Function"]["CodeUri"] = "s3://bucket/function.zip"
for resource in template["Resources"].values():
    if "DefinitionUri" in resource.get("Properties", {}):
        resource["Properties"]["DefinitionUri"] = "s3://bucket/definition.json"

parameters = {
    name: parameter.get("Default", "x") for name, parameter in template.get("Parameters", {}).items()
}
translated = transform(template, parameters, NoManagedPolicies())["Resources"]
print(len(translated), "resources")
# What it adds to the roles of functions.
managed = {
    str(arn.get("Fn::Sub", arn) if isinstance(arn, dict) else arn).rpartition("/")[2]
    for name, resource in translated.items()
    if resource["Type"] == "AWS::IAM::Role" and name.endswith("FunctionRole")
    for arn in resource["Properties"].get("ManagedPolicyArns", [])
}
print("managed policies:", ", ".join(sorted(managed)))
