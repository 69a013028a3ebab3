import { parseArn } from "../../arn.ts";
import { failed, type Rule } from "./rule.ts";

export const roleNotFound: Rule = {
  id: "role-not-found",
  severity: "error",
  when: "start",
  title: "There is no such execution or task role",
  *find({ executionRole, taskRole }) {
    for (const { pointer, arn, isMissing, outcome } of failed(
      [executionRole, taskRole].flatMap((role) => role ?? []),
    )) {
      if (!isMissing) continue;
      const name = parseArn(arn)?.resource.split("/").at(-1) ?? arn;
      yield {
        pointer,
        message: `The account has no role ${arn}.`,
        aws: outcome.reason,
        mend: {
          text: "Make the role with the trust policy of ECS tasks.",
          command: `aws iam create-role --role-name ${name} --assume-role-policy-document '${JSON.stringify(trustPolicy)}'`,
        },
      };
    }
  },
};

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html */
export const trustStatement = {
  Effect: "Allow",
  Principal: { Service: "ecs-tasks.amazonaws.com" },
  Action: "sts:AssumeRole",
};

const trustPolicy = { Version: "2012-10-17", Statement: [trustStatement] };
