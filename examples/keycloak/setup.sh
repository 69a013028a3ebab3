#!/bin/sh
# Makes the secrets, the role and the service. `eval "$(sealift env)"` first.
set -eu
cd "$(dirname "$0")"

aws secretsmanager get-random-password --exclude-punctuation --query '{password: RandomPassword}' |
  aws secretsmanager create-secret --name keycloak/database --secret-string file:///dev/stdin
aws secretsmanager get-random-password --query RandomPassword --output text | tr -d '\n' |
  aws ssm put-parameter --name /keycloak/admin-password --type SecureString --value file:///dev/stdin

aws iam create-role --role-name keycloak-execution --assume-role-policy-document file://../trust.json
aws logs create-log-group --log-group-name /ecs/keycloak
# The least that this definition needs.
aws iam put-role-policy --role-name keycloak-execution --policy-name read --policy-document "$(sealift policy task.json)"
sealift check task.json

aws ecs register-task-definition --cli-input-json file://task.json
aws ecs create-service --service-name keycloak --task-definition keycloak --desired-count 1 --launch-type FARGATE \
  --network-configuration 'awsvpcConfiguration={subnets=[subnet-0123456789abcdef0]}'
