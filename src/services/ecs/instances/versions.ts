import type { VersionInfo } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import type { Ecs } from "../context.ts";
import type { Instance } from "./instance.ts";

/** Characters of a version. */
export const longestVersion = 255;

const names = ["agentHash", "agentVersion", "dockerVersion"] as const;

/** The versions in the query of an agent's handshake, where AWS's agent names them. Those that are too long are left out. */
export function versionsIn(query: URLSearchParams): VersionInfo {
  const short = (text: string | null) => (text === null || text.length > longestVersion ? undefined : text);
  return defined(Object.fromEntries(names.map((name) => [name, short(query.get(name))])));
}

/** Writes what an agent's versions are now beside what is known of them. */
export async function noteVersions(
  { transaction }: Pick<Ecs["store"], "transaction">,
  { arn, versionInfo = {} }: Instance,
  versions: VersionInfo,
): Promise<void> {
  if (names.every((name) => versions[name] === undefined || versions[name] === versionInfo[name])) return;
  await transaction(async (records) => {
    const current = await records.instances.find(arn);
    if (!current) return;
    await records.instances.put({
      ...current,
      versionInfo: { ...current.versionInfo, ...versions },
      version: current.version + 1,
    });
  });
}
