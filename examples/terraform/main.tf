terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.0"
    }
    random = {
      source  = "hashicorp/random"
      version = ">= 3.6"
    }
  }
}

# Endpoint, region and credentials come from `eval "$(sealift env)"`. Nothing here is made for Sealift: without those variables it is AWS.
provider "aws" {
  default_tags {
    tags = { project = "shop" }
  }
}

resource "random_password" "database" {
  length  = 32
  special = false
}

resource "aws_secretsmanager_secret" "database" {
  name                    = "shop/database"
  recovery_window_in_days = 0
}

resource "aws_secretsmanager_secret_version" "database" {
  secret_id     = aws_secretsmanager_secret.database.id
  secret_string = jsonencode({ username = "shop", password = random_password.database.result })
}

resource "aws_ssm_parameter" "log_level" {
  name  = "/shop/log-level"
  type  = "String"
  value = "info"
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "read" {
  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_secretsmanager_secret.database.arn]
  }
  statement {
    actions   = ["ssm:GetParameters"]
    resources = [aws_ssm_parameter.log_level.arn]
  }
}

resource "aws_iam_role" "execution" {
  name               = "shop-execution"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "read" {
  name   = "read"
  role   = aws_iam_role.execution.id
  policy = data.aws_iam_policy_document.read.json
}

resource "aws_ecs_cluster" "shop" {
  name = "shop"
}

resource "aws_ecs_task_definition" "web" {
  family                   = "web"
  requires_compatibilities = ["EC2"]
  network_mode             = "bridge"
  execution_role_arn       = aws_iam_role.execution.arn
  container_definitions = jsonencode([
    {
      name      = "web"
      image     = "public.ecr.aws/docker/library/busybox:1.37"
      essential = true
      memory    = 32
      command   = ["sh", "-c", "mkdir /www && echo $LOG_LEVEL > /www/index.html && test -n \"$PASSWORD\" && exec httpd -f -p 80 -h /www"]
      secrets = [
        { name = "PASSWORD", valueFrom = "${aws_secretsmanager_secret.database.arn}:password::" },
        { name = "LOG_LEVEL", valueFrom = aws_ssm_parameter.log_level.arn },
      ]
      portMappings = [{ containerPort = 80 }]
    },
  ])
  # A revision must not be registered before its secret has a value.
  depends_on = [aws_secretsmanager_secret_version.database, aws_iam_role_policy.read]
}

resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = aws_ecs_cluster.shop.id
  task_definition = aws_ecs_task_definition.web.arn
  desired_count   = 1
}

output "secret" {
  value = aws_secretsmanager_secret.database.arn
}
