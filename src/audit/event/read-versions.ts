import type { EventVersion } from "./event.ts";

type Members = Readonly<Record<string, unknown>>;

/** The versions whose values an answer gives: of a secret, of parameters, or of secrets that names of parameters mean. */
export function readVersions(output: object): readonly EventVersion[] {
  const versions: EventVersion[] = [];
  addVersion(versions, output as Members);
  for (const name in output) {
    const member = (output as Members)[name];
    // Every secret that is read comes through here: most members are texts.
    if (typeof member !== "object" || member === null) continue;
    if (Array.isArray(member)) for (const one of member) addVersion(versions, Object(one));
    else addVersion(versions, member as Members);
  }
  return versions;
}

function addVersion(versions: EventVersion[], { ARN, VersionId, Version, SourceResult }: Members): void {
  if (typeof SourceResult === "string") {
    const secret: Members = JSON.parse(SourceResult);
    return addVersion(versions, { ARN: secret.ARN, VersionId: secret.versionId });
  }
  const version = VersionId ?? Version;
  if (typeof ARN !== "string" || (typeof version !== "string" && typeof version !== "number")) return;
  versions.push({ ARN, version: String(version) });
}
