import type { PayloadContainer } from "../../acs/protocol.ts";
import { planFiles } from "./files.ts";
import { labelsOf } from "./labels.ts";

/** Docker label: what the container gets when its secrets, which are files, have new versions: `signal:HUP`. */
export const onChangeLabel = "sealift.secrets.on-change";

/** Signals that programs have their own meaning for, or end by. */
const signals = ["HUP", "USR1", "USR2", "INT", "TERM", "QUIT", "WINCH", "CONT", "ALRM"];

type Container = Pick<PayloadContainer, "name" | "secrets" | "dockerConfig">;

/** The signal, without `SIG`; `undefined` where the container is not to get new versions. AWS's agent does not know it. Pure. */
export function planOnChange(
  container: Container,
): { readonly signal: string } | { readonly problem: string } | undefined {
  const value = labelsOf(container)[onChangeLabel];
  if (value === undefined) return undefined;
  const wrong = (what: string) => ({
    problem: `docker label "${onChangeLabel}" of container "${container.name}" ${what}`,
  });
  const signal = /^signal:(?:SIG)?([A-Z0-9]+)$/.exec(value)?.[1] ?? "";
  if (!signals.includes(signal))
    return wrong(`is not signal: and one of ${signals.join(", ")}: ${JSON.stringify(value)}`);
  const files = planFiles(container);
  if ("problem" in files) return undefined; // said where they are planned
  const isInDirectory = [...files.places.values()].every(
    ({ mount, file }) => mount === files.directory && file !== undefined,
  );
  if (files.directory === undefined || !isInDirectory) {
    return wrong('wants each of the container\'s secrets in the directory of the label "sealift.secrets.files"');
  }
  const dotted = [...files.places.values()].find(({ file }) => file?.startsWith(".."));
  return dotted
    ? wrong(`cannot have a file whose name begins with two dots: ${JSON.stringify(dotted.file)}`)
    : { signal };
}
