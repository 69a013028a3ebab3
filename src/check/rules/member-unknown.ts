import type { Rule } from "./rule.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html */
export const memberUnknown: Rule = {
  id: "member-unknown",
  severity: "warning",
  when: "register",
  title: "RegisterTaskDefinition has no such member: its API ignores it, the aws CLI refuses it",
  *find({ misfits }) {
    for (const { pointer, name, wanted, similar } of misfits) {
      if (wanted !== undefined) continue;
      yield {
        pointer,
        message: `There is no member ${JSON.stringify(name)} here${similar === undefined ? "" : `; "${similar}" may be meant`}.`,
        mend: { text: similar === undefined ? "Leave it out." : `Name it "${similar}", or leave it out.` },
      };
    }
  },
};
