import type { Place } from "./places.ts";

/** What secretlint calls a secret, and is none: the number of an account. */
const harmless = new Set(["AWSAccountID"]);

/** Kinds of tokens that secretlint's recommended rules find, by the index of the place. */
export async function knownTokens(places: readonly Place[]): Promise<ReadonlyMap<number, string>> {
  const starts: number[] = [];
  let content = "";
  for (const { name = "_", value } of places) {
    starts.push(content.length);
    content += `${name}=${value}\n`;
  }
  const found = new Map<number, string>();
  for (const { range, message, messageId, ruleId } of await lint(content)) {
    // The database rule also takes a variable for a password; our own rule for URLs is exact.
    if (harmless.has(messageId) || ruleId.endsWith("-database-connection-string")) continue;
    const index = starts.findLastIndex((start) => start <= range[0]);
    // The text goes on with the value, masked.
    const [, kind = "a known kind of secret"] = /^found (\w[^:(]{0,63})/.exec(message) ?? [];
    if (!found.has(index)) found.set(index, kind);
  }
  return found;
}

async function lint(content: string) {
  if (content === "") return [];
  const { lintSource, creator } = await secretlint();
  const { messages } = await lintSource({
    source: { content, filePath: "definition", ext: "", contentType: "text" },
    options: {
      ...{ noPhysicFilePath: true, maskSecrets: true },
      config: { rules: [{ id: creator.meta.id, rule: creator }] },
    },
  });
  return messages;
}

/** Loading it takes some 50 ms, so a server does it with its first task definition. */
async function secretlint() {
  const [core, preset] = await Promise.all([
    import("@secretlint/core"),
    import("@secretlint/secretlint-rule-preset-recommend"),
  ]);
  return { lintSource: core.lintSource, creator: preset.creator };
}
