import { definitionOf } from "../check/index.ts";
import { type LeastPolicy, leastPolicy, terraform } from "../check/least-policy/index.ts";
import { systemClock } from "../clock.ts";
import { escapeControls } from "../log.ts";
import { ConfigError } from "../server/config.ts";
import { type AccountFlags, openAccount } from "./checked-account.ts";
import { definitionSources } from "./definition-sources.ts";
import { typedDefinition } from "./typed-definition.ts";

export interface PolicyFlags extends AccountFlags {
  readonly format?: string;
  readonly all?: boolean;
}

/** Prints the least policy of a definition's execution role, and tells on standard error what others' policies lack. */
export async function policy(asked: string, flags: PolicyFlags): Promise<void> {
  const { format = "json", all = false } = flags;
  if (format !== "json" && format !== "terraform") {
    throw new ConfigError(`Cannot print "${format}": it must be json or terraform`);
  }
  using opened = await openAccount(flags);
  const [source, ...more] = await definitionSources([asked], opened.calls);
  if (!source || more.length > 0) throw new ConfigError("Cannot write the policy of several definitions: name one");
  const found = definitionOf(source);
  if (!found) throw new ConfigError(`Cannot read a task definition in "${source.name}"`);
  const definition = typedDefinition(found, source.name);
  const made = await leastPolicy(definition, { account: opened.account, clock: systemClock });
  process.stdout.write(format === "terraform" ? terraform(made, definition.family || "task") : json(made, all));
  for (const line of notesOf(made, all || format === "terraform"))
    process.stderr.write(`sealift: ${escapeControls(line)}\n`);
}

function json({ executionPolicy, trustPolicy, resourcePolicies }: LeastPolicy, all: boolean): string {
  const shown = all ? { executionPolicy, trustPolicy, resourcePolicies } : executionPolicy;
  return `${JSON.stringify(shown, undefined, 2)}\n`;
}

function notesOf({ executionPolicy, resourcePolicies, unseen }: LeastPolicy, areShown: boolean): readonly string[] {
  return [
    ...(executionPolicy.Statement.length === 0 ? ["Tasks of this definition need no execution policy"] : []),
    ...(areShown
      ? []
      : resourcePolicies.map(({ resource, statement }) => {
          return `The policy of ${resource} lacks ${JSON.stringify(statement)}`;
        })),
    ...unseen.map(({ action, resource, message }) => `Not known: ${action} on ${resource}: ${message}`),
  ];
}
