import type { Clock } from "../../clock.ts";
import type { Access, Authorize } from "../../model/call.ts";
import type { Trace } from "../../policy/index.ts";
import type { Role } from "../../services/iam/index.ts";
import type { Account, Unseen } from "../account/account.ts";
import { drySession } from "../dry-run/session.ts";
import { launchTypeOf, referenceFacts } from "../facts/read-subject.ts";
import { placeholderFor } from "../facts/secrets.ts";
import type { Definition } from "../facts/subject.ts";
import { ifSeen, someTask } from "../facts/tools.ts";

/** An access that something has to allow: one of the role's policies, or the resource's. */
export interface Missing {
  readonly kind: "identity" | "resource";
  readonly access: Access;
}

/**
 * Tries all that a task's start does, as a role without policies to which nothing is refused, and records what would have been.
 * What the resources' own policies allow is not among it.
 */
export async function recordMissing(
  definition: Definition,
  { account, clock, role }: { readonly account: Account; readonly clock: Clock; readonly role: Role },
): Promise<{ readonly missing: readonly Missing[]; readonly unseen: readonly Unseen[] }> {
  const missing: Missing[] = [];
  const decide =
    (authorize: Authorize): Authorize =>
    async (call, access) => {
      if ((await authorize(call, access)) === undefined) return undefined;
      const trace = call.decisions.at(-1)?.trace?.() as Trace | undefined;
      for (const { kind } of trace?.missing ?? []) {
        if (kind === "identity" || kind === "resource") missing.push({ kind, access });
      }
      return undefined;
    };
  const session = await drySession({
    account: {
      ...account,
      rolePolicies: async () => ({ identity: [], boundary: undefined }),
      // A grant that cannot be seen is none: the policy then allows what the grant may allow, too.
      grants: async (region, id) => (await ifSeen(account.grants(region, id))) ?? [],
    },
    ...{ role, clock, decide, taskId: someTask, placeholder: placeholderFor(definition, account) },
  });
  const launchType = launchTypeOf(definition);
  const tools = { account, session, launchType, undecided: undefined, hasExecutionRole: true };
  const { secrets, registries, images, logs } = await referenceFacts(tools, definition);
  const unknown = [...secrets, ...registries, ...images, ...logs].flatMap(({ outcome }) =>
    outcome.kind === "unknown" ? [outcome.unseen] : [],
  );
  return { missing, unseen: unknown };
}
