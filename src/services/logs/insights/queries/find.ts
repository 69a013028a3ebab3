import type { Call } from "../../../../model/call.ts";
import type { Logs } from "../../context.ts";
import { type FoundGroup, findGroup } from "../../groups/find.ts";
import { groupArn } from "../../groups/group.ts";
import type { Query } from "./query.ts";

export interface FoundQuery {
  readonly query: Query | undefined;
  /** The groups that it is about. */
  readonly groups: readonly FoundGroup[];
}

export async function findQuery(context: Logs, call: Call, id: string): Promise<FoundQuery> {
  const query = await context.store.queries.find(call, id);
  const groups = (query?.body.groups ?? []).map(({ account, name }) =>
    findGroup(context, call, { logGroupIdentifier: groupArn({ ...call, account }, name) }),
  );
  return { query, groups: await Promise.all(groups) };
}
