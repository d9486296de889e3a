# Programs of the walkthrough, answered by account.py. Sourced with ACCOUNT set to its folder.
unset AWS_REGION AWS_DEFAULT_REGION EDITOR
mkfifo "$ACCOUNT/requests" "$ACCOUNT/replies"
"$PYTHON" -ISB "$MODEL" "$ACCOUNT" &
exec 3>"$ACCOUNT/requests" 4<"$ACCOUNT/replies"
# One program at a time: whoever holds the only line of this pipe gets the next reply.
mkfifo "$ACCOUNT/turn"
exec 5<>"$ACCOUNT/turn"
echo >&5

ask() {
  local region='' default='' status lines line
  # A program sees what is exported, and nothing else.
  if [[ -n ${AWS_REGION:-} && ${AWS_REGION@a} == *x* ]]; then region=$AWS_REGION; fi
  if [[ -n ${AWS_DEFAULT_REGION:-} && ${AWS_DEFAULT_REGION@a} == *x* ]]; then default=$AWS_DEFAULT_REGION; fi
  read -r <&5
  printf '%s\0' "$(($# + 3))" "$PWD" "$region" "$default" "$@" >&3
  if [[ "$*" == "aws ssm start-session"* ]]; then
    echo >&5
    return 0
  fi
  read -r status lines <&4
  while ((lines-- > 0)); do
    IFS= read -r line <&4
    if ((status == 0)); then printf '%s\n' "$line"; else printf '%s\n' "$line" | tee -a "$ACCOUNT/complaints" >&2; fi
  done
  echo >&5
  return "$status"
}
for program in aws sam mvn git curl psql vi; do
  eval "$program() { ask $program \"\$@\"; }"
  export -f "${program?}"
done
# By way of what was started in the background: as soon as it is there.
psql() {
  while
    ask psql "$@"
    (($? == 75))
  do :; done
}
export -f ask psql

ended() {
  if (($1 != 0)) || [[ -s $ACCOUNT/complaints ]]; then
    echo "stopped at: $2"
    exit 1
  fi
}
