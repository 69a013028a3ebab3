import type { Rule } from "./rule.ts";

/** See docs/secrets-from.md. AWS ignores the label. */
export const labelNotSeen: Rule = {
  id: "label-not-seen",
  severity: "unknown",
  when: "start",
  title: "All keys of a secret are wanted by a docker label, and values are not read without --values",
  *find({ secrets, account }) {
    if (account.readsValues) return;
    for (const { pointer, valueFrom, request, outcome, whole } of secrets) {
      if (!whole || request.provider !== "asm" || outcome.kind !== "ok") continue;
      yield {
        pointer,
        message: `Whether ${valueFrom} is a JSON object whose keys are names of variables is not known without --values.`,
      };
    }
  },
};
