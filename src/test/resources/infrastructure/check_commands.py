"""Checks AWS CLI commands against botocore's models: one command per line on standard input."""
import re
import shlex
import sys

try:
    import botocore.session
    from botocore import xform_name
except ImportError as missing:
    print("not installed:", missing)
    sys.exit(77)

GLOBAL = {"query", "output", "region", "profile", "no-cli-pager", "no-paginate", "max-items"}
# What the CLI adds to the API, with the options that it has.
CUSTOM = {
    ("cloudformation", "deploy"): {
        "stack-name", "template-file", "parameter-overrides", "capabilities", "disable-rollback",
        "no-fail-on-empty-changeset", "no-execute-changeset", "tags", "s3-bucket",
    },
    ("ecr", "get-login-password"): set(),
    ("logs", "tail"): {"since", "follow", "format"},
    ("s3", "rm"): {"recursive"},
    ("s3", "ls"): {"recursive"},
    ("s3", "cp"): {"recursive"},
}
SESSION = botocore.session.get_session()


def commands(line):
    """The aws commands of a line, those within $(…) first."""
    while True:
        inner = re.search(r"\$\((aws [^()]*)\)", line)
        if not inner:
            break
        yield inner.group(1)
        line = line[: inner.start()] + "X" + line[inner.end() :]
    for match in re.finditer(r"(?:^|[|;&({!] ?|if |\bdo )\s*(aws .*)", line):
        yield match.group(1)


def words(command):
    lexer = shlex.shlex(command, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    for word in lexer:
        if word and set(word) <= set("|;&<>()"):
            return
        yield word


def complaint(command):
    _, service, operation, *arguments = list(words(command))
    options = {word[2:].split("=")[0] for word in arguments if word.startswith("--")} - GLOBAL
    if (service, operation) in CUSTOM:
        wrong = options - CUSTOM[(service, operation)]
        return f"{command}: no option {sorted(wrong)}" if wrong else None
    if operation == "wait":
        waiters = SESSION.get_waiter_model(service).waiter_names
        names = {xform_name(name, "-"): name for name in waiters}
        return None if arguments[0] in names else f"{command}: no waiter {arguments[0]}"
    try:
        model = SESSION.get_service_model("s3" if service == "s3api" else service)
    except Exception as error:
        return f"{command}: {error}"
    operations = {xform_name(name, "-"): name for name in model.operation_names}
    if operation not in operations:
        return f"{command}: no operation {operation}"
    shape = model.operation_model(operations[operation]).input_shape
    members = {xform_name(name, "-") for name in shape.members} if shape else set()
    required = {xform_name(name, "-") for name in shape.required_members} if shape else set()
    wrong, absent = options - members, required - options
    if wrong or absent:
        return f"{command}: no option {sorted(wrong)}, missing {sorted(absent)}"
    return None


checked, complaints = 0, []
for line in sys.stdin:
    for command in commands(line.strip()):
        checked += 1
        found = complaint(command)
        if found:
            complaints.append(found)
print(checked, "commands")
for found in complaints:
    print(found)
sys.exit(1 if complaints else 0)
