import { parseSecretReference } from "../../agent/secrets/index.ts";
import type { Rule } from "./rule.ts";

export const jsonKeyNotSeen: Rule = {
  id: "json-key-not-seen",
  severity: "unknown",
  when: "start",
  title: "A JSON key is asked for, and values are not read without --values",
  *find({ secrets, account }) {
    if (account.readsValues) return;
    for (const { pointer, request, outcome } of secrets) {
      const parsed = parseSecretReference(request.valueFrom);
      const key = request.provider === "asm" && parsed.ok ? parsed.reference.jsonKey : undefined;
      if (key === undefined || outcome.kind !== "ok") continue;
      yield {
        pointer,
        message: `Whether the secret has the JSON key "${key}" is not known without --values: no value was read.`,
      };
    }
  },
};
