#!/usr/bin/env bash
# Prints what releases have made of the site, as parameters for an update of its stack:
#   infrastructure/site-present.sh booking-site
# Reads only. Stops if it cannot say for sure what is live.
set -euo pipefail

site=${1:?usage: site-present.sh STACK}

fail() {
  echo "site-present: $*" >&2
  exit 1
}

output() {
  aws cloudformation describe-stacks --stack-name "$site" --output text \
    --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue"
}

resource() {
  aws cloudformation describe-stack-resource --stack-name "$site" --logical-resource-id "$1" \
    --query StackResourceDetail.PhysicalResourceId --output text
}

revision() {
  aws ecs describe-services --cluster "$cluster" --services "$1" --output text \
    --query 'services[0].[length(deployments), taskDefinition]'
}

cluster=$(output Cluster)
[[ -n $cluster ]] || fail "stack $site has no output Cluster"

parameters=("Counts=as-they-are")
for application in frontend backend; do
  name="$(tr '[:lower:]' '[:upper:]' <<<"${application:0:1}")${application:1}"
  rule=$(output "${name}RuleArn")
  receiving=$(aws elbv2 describe-rules --rule-arns "$rule" --output text \
    --query 'Rules[0].Actions[-1].ForwardConfig.TargetGroups[?Weight>`0`].TargetGroupArn')
  blue=$(resource "${name}BlueTargetGroup")
  green=$(resource "${name}GreenTargetGroup")
  case $receiving in
    "$blue") live=blue ;;
    "$green") live=green ;;
    *) fail "the rule of $application divides its traffic ($receiving): a release runs or was left half done" ;;
  esac
  parameters+=("${name}Live=$live")
  for colour in Blue Green; do
    service="$application-$(tr '[:upper:]' '[:lower:]' <<<"$colour")"
    read -r deployments definition <<<"$(revision "$service")"
    [[ ${definition:-} == arn:*:task-definition/* ]] || fail "ECS does not know $service"
    [[ $deployments == 1 ]] || fail "$service has $deployments deployments in progress"
    parameters+=("$name${colour}Revision=$definition")
  done
done

separator='['
for parameter in "${parameters[@]}"; do
  printf '%s\n  "%s"' "$separator" "$parameter"
  separator=','
done
printf '\n]\n'
