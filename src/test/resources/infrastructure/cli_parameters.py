"""Parses parameters as a CLI does: cli_parameters.py aws|sam, with a JSON array on standard input for
each line: the arguments of --parameter-overrides, and what they should mean."""
import json
import sys

try:
    if sys.argv[1] == "aws":
        from awscli.customizations.cloudformation.deploy import DeployCommand

        class Deploy(DeployCommand):
            def __init__(self):
                pass

        def parse(given):
            return Deploy().parse_key_value_arg(given, "parameter-overrides")
    else:
        from samcli.cli.types import CfnParameterOverridesType

        def parse(given):
            return CfnParameterOverridesType().convert(tuple(given), None, None)
except ImportError as missing:
    print("not installed:", missing)
    sys.exit(77)

checked = 0
for line in sys.stdin:
    given, meant = json.loads(line)
    checked += 1
    if parse(given) != meant:
        print(f"{given}: parsed as {parse(given)}, meant as {meant}")
        sys.exit(1)
print(checked, "commands")
