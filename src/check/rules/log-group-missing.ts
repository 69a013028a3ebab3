import { failed, type Rule } from "./rule.ts";

export const logGroupMissing: Rule = {
  id: "log-group-missing",
  severity: "warning",
  when: "start",
  title: "The log group does not exist, and awslogs-create-group is not set (an error on AWS)",
  severityOnAws: "error",
  *find({ logs, account }) {
    for (const { pointer, outcome, group, region, isMissing } of failed(logs)) {
      if (!isMissing) continue;
      yield {
        pointer,
        message: account.isAws
          ? `There is no log group "${group}" in ${region}.`
          : `There is no log group "${group}" in ${region}. Sealift makes it with the first task; on AWS the task fails.`,
        aws: outcome.reason,
        mend: {
          text: "Make the log group, or set awslogs-create-group and allow the role logs:CreateLogGroup.",
          command: `aws logs create-log-group --region ${region} --log-group-name ${group}`,
        },
      };
    }
  },
};
