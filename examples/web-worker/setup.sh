#!/bin/sh
# Makes the token, the role and both services. `eval "$(sealift env)"` first.
set -eu
cd "$(dirname "$0")"

aws secretsmanager get-random-password --query RandomPassword --output text | tr -d '\n' |
  aws ssm put-parameter --name /shop/queue-token --type SecureString --value file:///dev/stdin

aws iam create-role --role-name shop-execution --assume-role-policy-document file://../trust.json
aws logs create-log-group --log-group-name /shop/worker
for service in web worker; do
  # The least that each definition needs.
  aws iam put-role-policy --role-name shop-execution --policy-name "$service" --policy-document "$(sealift policy $service.json)"
  aws ecs register-task-definition --cli-input-json "file://$service.json"
done
sealift check web.json worker.json

aws ecs create-service --service-name web --task-definition web --desired-count 2 --launch-type EC2 \
  --tags key=sealift:redeploy-on-rotation,value=all
aws ecs create-service --service-name worker --task-definition worker --desired-count 1 --launch-type EC2 \
  --tags key=sealift:redeploy-on-rotation,value=all
