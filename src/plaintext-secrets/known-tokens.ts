import type { Place } from "./places.ts";

/** What secretlint calls a secret, and is none: the number of an account. */
const harmless = new Set(["AWSAccountID"]);

interface Asked {
  readonly content: string;
  readonly answer: PromiseWithResolvers<readonly Message[]>;
}

interface Message {
  /** Where it begins in the content. */
  readonly start: number;
  readonly kind: string;
}

/** Characters that are looked through at once, unless one definition has more. */
const mostCharacters = 128 * 1024;

let waiting: Asked[] = [];

/** Kinds of tokens that secretlint's recommended rules find, by the index of the place. */
export async function knownTokens(places: readonly Place[]): Promise<ReadonlyMap<number, string>> {
  const starts: number[] = [];
  let content = "";
  for (const { name = "_", value } of places) {
    starts.push(content.length);
    content += `${name}=${value}\n`;
  }
  const found = new Map<number, string>();
  for (const { start, kind } of await messagesOf(content)) {
    const index = starts.findLastIndex((begin) => begin <= start);
    if (!found.has(index)) found.set(index, kind);
  }
  return found;
}

/** To begin a search is more work than the search, so that those which are asked for together are one. */
function messagesOf(content: string): Promise<readonly Message[]> | readonly Message[] {
  if (content === "") return [];
  const answer = Promise.withResolvers<readonly Message[]>();
  waiting.push({ content, answer });
  if (waiting.length === 1) setImmediate(answerWaiting);
  return answer.promise;
}

function answerWaiting(): void {
  const all = waiting;
  waiting = [];
  for (let begin = 0; begin < all.length; ) {
    let end = begin;
    for (let length = 0; end < all.length && (end === begin || length < mostCharacters); end++)
      length += all[end]?.content.length ?? 0;
    void answer(all.slice(begin, end));
    begin = end;
  }
}

async function answer(asked: readonly Asked[]): Promise<void> {
  try {
    const messages = await lint(asked.map(({ content }) => content).join(""));
    let begin = 0;
    for (const { content, answer } of asked) {
      const end = begin + content.length;
      const own = messages.filter(({ start }) => start >= begin && start < end);
      const offset = begin;
      answer.resolve(own.map(({ start, kind }) => ({ start: start - offset, kind })));
      begin = end;
    }
  } catch (error) {
    for (const { answer } of asked) answer.reject(error);
  }
}

async function lint(content: string): Promise<readonly Message[]> {
  const { lintSource, creator } = await secretlint();
  const { messages } = await lintSource({
    source: { content, filePath: "definition", ext: "", contentType: "text" },
    options: {
      ...{ noPhysicFilePath: true, maskSecrets: true },
      config: { rules: [{ id: creator.meta.id, rule: creator }] },
    },
  });
  // The database rule also takes a variable for a password; our own rule for URLs is exact.
  const own = messages.filter(({ messageId, ruleId }) => {
    return !harmless.has(messageId) && !ruleId.endsWith("-database-connection-string");
  });
  return own.map(({ range, message }) => {
    // The text goes on with the value, masked.
    const [, kind = "a known kind of secret"] = /^found (\w[^:(]{0,63})/.exec(message) ?? [];
    return { start: range[0], kind };
  });
}

/** Loading it takes some 50 ms, so a server does it with its first task definition. */
async function secretlint() {
  const [core, preset] = await Promise.all([
    import("@secretlint/core"),
    import("@secretlint/secretlint-rule-preset-recommend"),
  ]);
  return { lintSource: core.lintSource, creator: preset.creator };
}
