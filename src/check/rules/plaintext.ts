import type { PlaintextRule } from "../../plaintext-secrets/index.ts";
import type { Rule } from "./rule.ts";

const titles: Readonly<Record<PlaintextRule, string>> = {
  "plaintext-secret-name": "A value is in plain text whose name says that it is a password, a key or a token",
  "plaintext-secret-url": "A URL, a connection string or a header in plain text has a password in it",
  "plaintext-secret-token": "A value in plain text has the form of a known kind of key or token",
  "plaintext-secret-random": "A value in plain text is as random as a key",
};

/** What docs/plaintext-secrets.md says, which the findings of registrations show, too. */
export const plaintextRules: readonly Rule[] = (Object.keys(titles) as PlaintextRule[]).map((id) => ({
  id,
  severity: "warning",
  when: "later",
  title: titles[id],
  *find({ plaintext }) {
    for (const { rule, pointer, message } of plaintext) {
      if (rule !== id) continue;
      yield {
        pointer,
        message: `The ${message}: everybody who may call DescribeTaskDefinition can read it.`,
        mend: { text: "Move it into a store: sealift harden does that." },
      };
    }
  },
}));
