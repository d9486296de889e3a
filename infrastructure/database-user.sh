#!/usr/bin/env bash
# Makes the backend's own user of the database, or gives it the password of its secret again:
#   infrastructure/database-user.sh booking-site booking-network
# It goes by the bastion (Bastion=true of the network stack). It needs psql or mysql, jq, and the
# Session Manager plugin. The user owns a schema of its own (PostgreSQL) or has the one database
# (MySQL). It is neither the owner of the database nor a superuser.
set -euo pipefail

site=${1:?usage: database-user.sh SITE_STACK NETWORK_STACK}
network=${2:?usage: database-user.sh SITE_STACK NETWORK_STACK}
port=${LOCAL_PORT:-15432}

output() {
  aws cloudformation describe-stacks --stack-name "$1" --output text \
    --query "Stacks[0].Outputs[?OutputKey=='$2'].OutputValue"
}

secret() {
  aws secretsmanager get-secret-value --secret-id "$1" --query SecretString --output text
}

bastion=$(output "$network" BastionId)
IFS=: read -r host remote engine database <<<"$(output "$site" DatabaseAddress)"
owner=$(secret "$(output "$site" DatabaseSecretArn)")
user=$(secret "$(output "$site" BackendDatabaseSecretArn)")
name=$(jq -r .username <<<"$user")
password=$(jq -r .password <<<"$user")
# It goes into a statement, so it must be what the template generates.
[[ $name =~ ^[a-z0-9_]+$ && $password =~ ^[A-Za-z0-9]+$ ]] || {
  echo "database-user: the secret of the backend's user is not as site.yaml makes it" >&2
  exit 1
}

# In a process group of its own: what holds the tunnel is a child of aws, the Session Manager plugin.
set -m
aws ssm start-session --target "$bastion" --document-name AWS-StartPortForwardingSessionToRemoteHost \
  --parameters "host=$host,portNumber=$remote,localPortNumber=$port" </dev/null >&2 &
tunnel=$!
set +m
trap 'kill -- "-$tunnel" 2>/dev/null || true' EXIT

# Passwords go by the environment and by standard input: arguments can be read in the list of processes.
if [[ $engine == postgres ]]; then
  export PGPASSWORD PGSSLMODE=require
  PGPASSWORD=$(jq -r .password <<<"$owner")
  client=(psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --host 127.0.0.1 --port "$port"
    --username "$(jq -r .username <<<"$owner")" --dbname "$database")
  statements="SELECT 'CREATE ROLE $name' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '$name') \\gexec
ALTER ROLE $name LOGIN PASSWORD '$password';
GRANT CONNECT ON DATABASE $database TO $name;
GRANT $name TO CURRENT_USER;
CREATE SCHEMA IF NOT EXISTS AUTHORIZATION $name;"
else
  export MYSQL_PWD
  MYSQL_PWD=$(jq -r .password <<<"$owner")
  client=(mysql --protocol=TCP --ssl-mode=REQUIRED --host 127.0.0.1 --port "$port"
    --user "$(jq -r .username <<<"$owner")")
  statements="CREATE USER IF NOT EXISTS '$name'@'%' IDENTIFIED BY '$password' REQUIRE SSL;
ALTER USER '$name'@'%' IDENTIFIED BY '$password' REQUIRE SSL;
GRANT ALL ON $database.* TO '$name'@'%';"
fi

# The tunnel takes some seconds to open. The statements can be given twice.
for ((try = 1; ; try++)); do
  "${client[@]}" <<<"$statements" && break
  ((try < 10)) || {
    echo "database-user: could not reach the database by the bastion, or it refused" >&2
    exit 1
  }
  sleep 3
done
echo "$name may use $database"
