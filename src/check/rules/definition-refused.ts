import { isTooLarge } from "./definition-too-large.ts";
import { needsExecutionRole } from "./execution-role-missing.ts";
import type { Rule } from "./rule.ts";

export const definitionRefused: Rule = {
  id: "definition-refused",
  severity: "error",
  when: "register",
  title: "RegisterTaskDefinition refuses the definition",
  *find(subject) {
    const { refusal, misfits } = subject;
    if (refusal === undefined || isTooLarge(refusal)) return;
    const mistyped = misfits.filter(({ wanted }) => wanted !== undefined);
    for (const { pointer, name, wanted } of mistyped) {
      yield {
        pointer,
        message: `The value of "${name}" must be ${wanted}: the definition cannot be registered.`,
        aws: refusal,
      };
    }
    if (mistyped.length === 0 && needsExecutionRole(subject).length === 0)
      yield { pointer: "", message: "The definition cannot be registered.", aws: refusal };
  },
};
