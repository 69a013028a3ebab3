import { isTooLarge } from "./definition-too-large.ts";
import { needsExecutionRole } from "./execution-role-missing.ts";
import type { Rule } from "./rule.ts";

export const definitionRefused: Rule = {
  id: "definition-refused",
  severity: "error",
  when: "register",
  title: "RegisterTaskDefinition refuses the definition",
  *find(subject) {
    const { refusal } = subject;
    if (refusal === undefined || isTooLarge(refusal) || needsExecutionRole(subject).length > 0) return;
    yield { pointer: "", message: "The definition cannot be registered.", aws: refusal };
  },
};
