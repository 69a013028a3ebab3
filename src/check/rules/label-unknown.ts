import { knownLabels } from "../../agent/secrets/index.ts";
import { isNear } from "../facts/well-formed.ts";
import type { Rule } from "./rule.ts";

/** See docs/secrets-from.md, docs/secret-files.md and docs/rotation.md. */
export const labelUnknown: Rule = {
  id: "label-unknown",
  severity: "warning",
  when: "start",
  title: "There is no such docker label sealift.secrets.…: it is ignored",
  *find({ definition }) {
    for (const [index, { dockerLabels = {} }] of (definition.containerDefinitions ?? []).entries()) {
      for (const label of Object.keys(dockerLabels).filter(isUnknown)) {
        const similar = knownLabels.names.find((known) => isNear(known, label.toLowerCase()));
        yield {
          pointer: `/containerDefinitions/${index}/dockerLabels/${label.replaceAll("~", "~0").replaceAll("/", "~1")}`,
          message: `There is no docker label "${label}"${similar === undefined ? "" : `; "${similar}" may be meant`}.`,
          mend: { text: similar === undefined ? "Leave it out." : `Name it "${similar}", or leave it out.` },
        };
      }
    }
  },
};

function isUnknown(label: string): boolean {
  const { names, beginnings } = knownLabels;
  if (!label.toLowerCase().startsWith("sealift.secrets.")) return false;
  return !names.some((known) => known === label) && !beginnings.some((beginning) => label.startsWith(beginning));
}
