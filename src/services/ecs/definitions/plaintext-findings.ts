import type { Call } from "../../../model/call.ts";
import type { PlaintextFinding } from "../../../plaintext-secrets/index.ts";
import { clientError } from "../errors.ts";
import type { TaskDefinition } from "./definition.ts";

/** Characters of the header. Clients take headers of 8 kB and more. */
const mostCharacters = 6_000;

/** What the header `x-sealift-findings` holds, as JSON. */
export interface FindingsHeader {
  /** How many there are. */
  readonly count: number;
  /** Those that fit into the header. */
  readonly findings: readonly PlaintextFinding[];
}

/** Shows in a header of the answer what looked like a secret when the definition was registered. */
export function showFindings({ answerHeaders }: Call, { plaintextFindings = [] }: TaskDefinition): void {
  if (!answerHeaders || plaintextFindings.length === 0) return;
  const shown: PlaintextFinding[] = [];
  let length = 0;
  for (const finding of plaintextFindings) {
    length += ascii(finding).length + 1;
    if (length > mostCharacters) break;
    shown.push(finding);
  }
  const header: FindingsHeader = { count: plaintextFindings.length, findings: shown };
  answerHeaders["x-sealift-findings"] = ascii(header);
}

/** Names of variables may be any text, and a header's may not. */
function ascii(value: object): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Throws if there are findings: the installation takes no secrets in plain text. */
export function refusePlaintextSecrets(findings: readonly PlaintextFinding[]): void {
  const [first] = findings;
  if (!first) return;
  const others = findings.length > 1 ? ` and ${findings.length - 1} more` : "";
  throw clientError(
    `Secrets in plain text are not allowed here: ${first.message} (${first.pointer})${others}. Keep them in Parameter Store or Secrets Manager.`,
  );
}
