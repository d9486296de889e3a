#!/usr/bin/env bash
# Updates a site's stack after releases, as "Any other update" of docs/operations.md says:
#   infrastructure/site-update.sh [--preview] SITE_STACK [Name=value ...]
# --preview prints what would change, and changes nothing. Otherwise releases are held off first.
# However it ends, the stack policy and the pipelines' transitions are as they were before.
set -euo pipefail

here=$(dirname "${BASH_SOURCE[0]}")
preview=false
if [[ ${1:-} == --preview ]]; then
  preview=true
  shift
fi
site=${1:?usage: site-update.sh [--preview] SITE_STACK [Name=value ...]}
shift
work=$(mktemp -d)
held=()
policy=

say() { echo "site-update: $*" >&2; }
fail() {
  say "$*"
  exit 1
}

# Undoing is tried three times, and what is left to do by hand is told.
undo() {
  local try
  for try in 1 2 3; do
    ! "$@" >&2 || return 0
    sleep "${SITE_UPDATE_PAUSE:-5}"
  done
  say "NOT PUT BACK, do it by hand: $*"
  undone=false
}

put_back() {
  local status=$? pipeline
  trap '' INT TERM HUP
  trap - EXIT
  set +e
  undone=true
  [[ -z $policy ]] || undo aws cloudformation set-stack-policy --stack-name "$site" --stack-policy-body "$policy"
  for pipeline in ${held[@]+"${held[@]}"}; do
    undo aws codepipeline enable-stage-transition --pipeline-name "$pipeline" --stage-name Release --transition-type Inbound
  done
  rm -rf "$work"
  $undone || status=3
  exit "$status"
}
trap put_back EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

text() { aws "$@" --output text; }

deploy() {
  aws cloudformation deploy --stack-name "$site" --capabilities CAPABILITY_IAM --no-fail-on-empty-changeset "$@"
}

# Present values first, then what is asked for: the last of a name counts.
if $preview; then
  "$here/site-present.sh" "$site" >"$work/present.json"
  mapfile -t present < <(sed -n 's/^ *"\(.*\)",\{0,1\}$/\1/p' "$work/present.json")
  deploy --template-file "$here/site.yaml" --no-execute-changeset --parameter-overrides "${present[@]}" "$@" | tee "$work/created" >&2
  change=$(grep -o 'arn:[^ ]*:changeSet/[^ ]*' "$work/created") || exit 0
  text cloudformation describe-change-set --change-set-name "$change" \
    --query 'Changes[].ResourceChange.[Action, Replacement, ResourceType, LogicalResourceId]'
  aws cloudformation delete-change-set --change-set-name "$change"
  exit 0
fi

# The site's pipelines are the stacks that import its topic.
stacks=$(text cloudformation list-imports --export-name "$site-TopicArn" --query 'Imports[]' 2>"$work/errors") || {
  cat "$work/errors" >&2
  grep -q 'not imported by any stack' "$work/errors" || fail "CloudFormation does not tell the pipelines of $site"
}
for stack in $stacks; do
  pipeline=$(text cloudformation describe-stacks --stack-name "$stack" --query "Stacks[0].Outputs[?OutputKey=='PipelineName'].OutputValue")
  [[ -n $pipeline ]] || fail "stack $stack has no output PipelineName"
  enabled=$(text codepipeline get-pipeline-state --name "$pipeline" \
    --query "stageStates[?stageName=='Release'].inboundTransitionState.enabled")
  # Who has closed it opens it.
  [[ $enabled == True ]] || continue
  held+=("$pipeline")
  aws codepipeline disable-stage-transition --pipeline-name "$pipeline" --stage-name Release --transition-type Inbound \
    --reason "The stack $site is being updated"
done
for stack in $stacks; do
  machine=$(text cloudformation describe-stacks --stack-name "$stack" --query "Stacks[0].Parameters[?ParameterKey=='StateMachineArn'].ParameterValue")
  running=$(text stepfunctions list-executions --state-machine-arn "$machine" --status-filter RUNNING --query 'length(executions)')
  [[ $running == 0 ]] || fail "a release runs: wait for its end"
done

"$here/site-present.sh" "$site" >"$work/present.json"
aws cloudformation get-template --stack-name "$site" --query TemplateBody --output text >"$work/deployed.yaml"
before=$(text cloudformation get-stack-policy --stack-name "$site" --query StackPolicyBody)
[[ -n $before && $before != None ]] || before=$(<"$here/site-stack-policy.json")
policy=$before
aws cloudformation set-stack-policy --stack-name "$site" \
  --stack-policy-body '{"Statement": [{"Effect": "Allow", "Action": "Update:*", "Principal": "*", "Resource": "*"}]}'

say "telling CloudFormation what is there"
# A rollback would bring the values from before the last releases.
deploy --template-file "$work/deployed.yaml" --parameter-overrides "file://$work/present.json" --disable-rollback
say "updating"
if (($# > 0)); then
  deploy --template-file "$here/site.yaml" --parameter-overrides "$@"
else
  deploy --template-file "$here/site.yaml"
fi
