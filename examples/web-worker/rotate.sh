#!/bin/sh
# Gives both services another token: nothing else is to be done.
set -eu
aws secretsmanager get-random-password --query RandomPassword --output text | tr -d '\n' |
  aws ssm put-parameter --name /shop/queue-token --type SecureString --overwrite --value file:///dev/stdin
