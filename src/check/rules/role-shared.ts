import type { Rule } from "./rule.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-iam-roles.html */
export const roleShared: Rule = {
  id: "role-shared",
  severity: "warning",
  when: "later",
  title: "The execution role is the task role, too",
  *find({ executionRole, taskRole }) {
    if (!executionRole || !taskRole || executionRole.arn !== taskRole.arn) return;
    yield {
      pointer: taskRole.pointer,
      message:
        "The containers' programs get all that the execution role may do: they can read every secret of the task, and pull its images.",
      mend: { text: "Give the task a role of its own with what its programs call." },
    };
  },
};
