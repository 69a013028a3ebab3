import { directoryLabel, fileLabel } from "./files.ts";
import { caseLabel, fromLabel, prefixLabel } from "./from.ts";
import { onChangeLabel } from "./on-change.ts";

/** The docker labels that concern secrets, and what the names of more of them begin with. */
export const knownLabels = {
  names: [fromLabel, prefixLabel, caseLabel, directoryLabel, onChangeLabel],
  beginnings: [fileLabel],
} as const;
