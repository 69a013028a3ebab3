import type { Rule } from "./rule.ts";

/** See docs/secret-files.md. AWS ignores the label. */
const label = "sealift.secrets.from";

export const labelNotSeen: Rule = {
  id: "label-not-seen",
  severity: "unknown",
  when: "start",
  title: "Whole secrets or paths of parameters are wanted by a docker label, and not looked at",
  *find({ definition }) {
    for (const [index, { dockerLabels = {} }] of (definition.containerDefinitions ?? []).entries()) {
      if (dockerLabels[label] === undefined) continue;
      yield {
        pointer: `/containerDefinitions/${index}/dockerLabels/${label}`,
        message: `Whether what ${label} names resolves is not known: it is not looked at.`,
      };
    }
  },
};
