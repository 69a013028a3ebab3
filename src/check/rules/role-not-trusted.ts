import type { Trace } from "../../policy/index.ts";
import { someTask } from "../facts/tools.ts";
import { trustStatement } from "./role-not-found.ts";
import { failed, type Rule } from "./rule.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html */
export const roleNotTrusted: Rule = {
  id: "role-not-trusted",
  severity: "error",
  when: "start",
  title: "The role's trust policy does not let ECS assume it for this account's tasks",
  *find({ executionRole, taskRole }) {
    for (const { pointer, arn, isMissing, outcome, trace } of failed(
      [executionRole, taskRole].flatMap((role) => role ?? []),
    )) {
      if (isMissing) continue;
      yield {
        pointer,
        message: `The trust policy of ${arn} does not let ecs-tasks.amazonaws.com assume it${conditionsOf(trace)}.`,
        aws: outcome.reason,
        mend: {
          text: "Add to the role's trust policy, with aws:SourceAccount and aws:SourceArn of your tasks if you like:",
          statements: [{ addTo: `the trust policy of ${arn}`, statement: trustStatement }],
        },
      };
    }
  },
};

/** The conditions of statements for ECS tasks that the request does not meet. */
function conditionsOf(trace: Trace | undefined): string {
  const near = (trace?.policies ?? []).flatMap(({ statements }) =>
    statements.filter(({ effect, obstacles }) => {
      return effect === "Allow" && obstacles.length > 0 && obstacles.every(({ element }) => element === "Condition");
    }),
  );
  const texts = near.flatMap(({ obstacles }) =>
    obstacles.map(({ key, wanted, actual = [] }) => {
      return `${key} would be ${actual.join() || "absent"}, and ${wanted.join(" or ")} is wanted`;
    }),
  );
  return texts.length === 0 ? "" : `: ${texts.join("; ")}`.replaceAll(someTask, "<task-id>");
}
