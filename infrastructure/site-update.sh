#!/usr/bin/env bash
# Updates a site's stack after releases, as "Any other update" of docs/operations.md says:
#   infrastructure/site-update.sh [--preview] SITE_STACK [Name=value ...]
# --preview prints what would change, and changes nothing. Otherwise releases are held off first.
# When it has ended, and CloudFormation with it, the stack policy and the pipelines' transitions are
# as they were before. What it cannot put back safely it prints as commands, and exits with 3.
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
reason="The stack $site is being updated"
pause=${SITE_UPDATE_PAUSE:-5}

say() { echo "site-update: $*" >&2; }
fail() {
  say "$*"
  exit 1
}

# Undoing is tried three times, and what is left to do by hand is told.
undo() {
  local try
  if $settled; then
    for try in 1 2 3; do
      ! "$@" >&2 || return 0
      sleep "$pause"
    done
  fi
  say "NOT PUT BACK, do it by hand: $(printf '%q ' "$@")"
  undone=false
}

# CloudFormation goes on when whoever waited for it has ended. It may write what was there before a
# release, so no release starts until it has ended, too. A signal ends the waiting.
settle() {
  local status told='' failed=0 waiting=true
  while $waiting; do
    if status=$(text cloudformation describe-stacks --stack-name "$site" --query 'Stacks[0].StackStatus'); then
      failed=0
      case $status in
        *_IN_PROGRESS) [[ $status == "$told" ]] || say "the stack $site is $status: waiting for its end (Ctrl-C leaves releases held off)" ;;
        *_COMPLETE) return 0 ;;
        *) waiting=false ;;
      esac
      told=$status
    elif ((++failed == 3)); then
      waiting=false
    fi
    if $waiting; then
      trap 'waiting=false' INT TERM HUP
      sleep "$pause"
      trap '' INT TERM HUP
    fi
  done
  say "the stack $site is ${told:-unknown}: releases stay held off. See how it ends before you allow them:" \
    "aws cloudformation describe-stack-events --stack-name $site"
  return 1
}

put_back() {
  local status=$? pipeline
  trap '' INT TERM HUP PIPE
  trap - EXIT
  set +e
  undone=true settled=true
  if [[ -n $policy ]]; then
    # What was asked for last takes a moment to show in the stack's status.
    ((status == 0)) || sleep "$pause"
    settle || settled=false
    undo aws cloudformation set-stack-policy --stack-name "$site" --stack-policy-body "$policy"
  fi
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
  present=()
  while IFS= read -r parameter; do
    present+=("$parameter")
  done < <(sed -n 's/^ *"\(.*\)",\{0,1\}$/\1/p' "$work/present.json")
  deploy --template-file "$here/site.yaml" --no-execute-changeset --parameter-overrides "${present[@]}" "$@" | tee "$work/created" >&2
  change=$(grep -o 'arn:[^ ]*:changeSet/[^ ]*' "$work/created") || exit 0
  text cloudformation describe-change-set --change-set-name "$change" \
    --query 'Changes[].ResourceChange.[Action, Replacement, ResourceType, LogicalResourceId]'
  aws cloudformation delete-change-set --change-set-name "$change"
  exit 0
fi

status=$(text cloudformation describe-stacks --stack-name "$site" --query 'Stacks[0].StackStatus')
[[ $status != *_IN_PROGRESS ]] || fail "the stack $site is $status: wait for its end"

# The site's pipelines are the stacks that import its topic.
stacks=$(text cloudformation list-imports --export-name "$site-TopicArn" --query 'Imports[]' 2>"$work/errors") || {
  cat "$work/errors" >&2
  grep -q 'not imported by any stack' "$work/errors" || fail "CloudFormation does not tell the pipelines of $site"
}
pipelines=()
for stack in $stacks; do
  pipeline=$(text cloudformation describe-stacks --stack-name "$stack" --query "Stacks[0].Outputs[?OutputKey=='PipelineName'].OutputValue")
  [[ -n $pipeline ]] || fail "stack $stack has no output PipelineName"
  pipelines+=("$pipeline")
  state=$(text codepipeline get-pipeline-state --name "$pipeline" \
    --query "stageStates[?stageName=='Release'].inboundTransitionState.[enabled, disabledReason]")
  # Who has closed it opens it. One with this reason was left by a run that was killed.
  case $state in
    True*) ;;
    *"$reason") held+=("$pipeline") && continue ;;
    *) continue ;;
  esac
  held+=("$pipeline")
  aws codepipeline disable-stage-transition --pipeline-name "$pipeline" --stage-name Release --transition-type Inbound \
    --reason "$reason"
done
for pipeline in ${pipelines[@]+"${pipelines[@]}"}; do
  # What has entered the stage may not have started its release yet.
  stage=$(text codepipeline get-pipeline-state --name "$pipeline" --query "stageStates[?stageName=='Release'].latestExecution.status")
  [[ $stage != InProgress && $stage != Stopping ]] || fail "a release runs: wait for its end"
done
for stack in $stacks; do
  machine=$(text cloudformation describe-stacks --stack-name "$stack" --query "Stacks[0].Parameters[?ParameterKey=='StateMachineArn'].ParameterValue")
  running=$(text stepfunctions list-executions --state-machine-arn "$machine" --status-filter RUNNING --query 'length(executions)')
  [[ $running == 0 ]] || fail "a release runs: wait for its end"
done

"$here/site-present.sh" "$site" >"$work/present.json"
aws cloudformation get-template --stack-name "$site" --query TemplateBody --output text >"$work/deployed.yaml"
before=$(text cloudformation get-stack-policy --stack-name "$site" --query StackPolicyBody)
open=$(<"$here/site-stack-policy-open.json")
# None, or one that a run that was killed has left: then it is the usual one.
case $(tr -d '[:space:]' <<<"$before") in
  '' | None | "$(tr -d '[:space:]' <<<"$open")" | '{"Statement":[{"Effect":"Allow","Action":"Update:*","Principal":"*","Resource":"*"}]}')
    before=$(<"$here/site-stack-policy.json")
    ;;
esac
policy=$before
aws cloudformation set-stack-policy --stack-name "$site" --stack-policy-body "$open"

say "telling CloudFormation what is there"
# A rollback would bring the values from before the last releases.
deploy --template-file "$work/deployed.yaml" --parameter-overrides "file://$work/present.json" --disable-rollback
say "updating"
if (($# > 0)); then
  deploy --template-file "$here/site.yaml" --parameter-overrides "$@"
else
  deploy --template-file "$here/site.yaml"
fi
