#!/bin/sh
# Makes the secret, the role and the service. `eval "$(sealift env)"` first.
set -eu
cd "$(dirname "$0")"

# The password is on no command line and in no shell history.
aws secretsmanager get-random-password --exclude-punctuation --query '{password: RandomPassword}' |
  aws secretsmanager create-secret --name shop/postgres --secret-string file:///dev/stdin

aws iam create-role --role-name postgres-execution --assume-role-policy-document file://../trust.json
# The least that this definition needs.
aws iam put-role-policy --role-name postgres-execution --policy-name read --policy-document "$(sealift policy task.json)"
sealift check task.json

aws ecs register-task-definition --cli-input-json file://task.json
aws ecs create-service --service-name postgres --task-definition postgres --desired-count 1 --launch-type EC2
