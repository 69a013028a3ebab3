import type { Subject } from "../facts/subject.ts";
import type { Rule } from "./rule.ts";

export const executionRoleMissing: Rule = {
  id: "execution-role-missing",
  severity: "error",
  when: "register",
  title: "Secrets, environment files or registry credentials, and no executionRoleArn",
  *find(subject) {
    const [pointer, ...more] = needsExecutionRole(subject);
    if (pointer === undefined) return;
    const others = more.length === 0 ? "" : ` (and ${more.length} more of its members)`;
    yield {
      pointer,
      message: `The agent reads this${others} as the execution role, and the definition names none.`,
      ...(subject.refusal !== undefined && { aws: subject.refusal }),
      mend: {
        text: 'Add "executionRoleArn": a role that trusts ecs-tasks.amazonaws.com; sealift policy writes its policy.',
      },
    };
  },
};

/** What is read as the execution role of a definition that names none. */
export function needsExecutionRole({ executionRole, secrets, files, registries }: Subject): readonly string[] {
  if (executionRole) return [];
  // AWS knows nothing of the label that wants whole secrets.
  return [...secrets.filter(({ whole }) => !whole), ...files, ...registries].map(({ pointer }) => pointer);
}
