import type { Call } from "../../../model/call.ts";
import type { Logs } from "../context.ts";
import { groupNotFound, invalidParameter, streamNotFound } from "../errors.ts";
import type { Stream } from "../streams/records.ts";
import { type Group, type GroupName, readIdentifier } from "./group.ts";

/** A group as a request names it. */
export interface FoundGroup extends GroupName {
  readonly group: Group | undefined;
}

export interface FoundStream extends FoundGroup {
  readonly streamName: string;
  readonly stream: Stream | undefined;
}

/** The members by which operations name a group: one of them. */
export interface NamesGroup {
  readonly logGroupName?: string;
  readonly logGroupIdentifier?: string;
}

/** A group of another region is not found. */
export async function findGroup({ store }: Logs, call: Call, input: NamesGroup): Promise<FoundGroup> {
  const { logGroupName, logGroupIdentifier } = input;
  if (logGroupName !== undefined && logGroupIdentifier !== undefined) {
    throw invalidParameter("LogGroupName and LogGroupIdentifier cannot both be specified.");
  }
  const given = logGroupName ?? logGroupIdentifier;
  if (given === undefined) throw invalidParameter("Either LogGroupName or LogGroupIdentifier must be specified.");
  const named = logGroupName === undefined ? readIdentifier(call, given) : { account: call.account, name: given };
  if (!named) return { account: call.account, name: given, group: undefined };
  return { ...named, group: await store.groups.find({ account: named.account, region: call.region }, named.name) };
}

export async function findStream(
  context: Logs,
  call: Call,
  input: NamesGroup & { readonly logStreamName: string },
): Promise<FoundStream> {
  const found = await findGroup(context, call, input);
  const { logStreamName: streamName } = input;
  return {
    ...found,
    streamName,
    stream: found.group && (await context.store.streams.find(found.group.id, streamName)),
  };
}

export function theGroup({ group }: FoundGroup): Group {
  if (!group) throw groupNotFound();
  return group;
}

export function theStream(found: FoundStream): { readonly group: Group; readonly stream: Stream } {
  const group = theGroup(found);
  if (!found.stream) throw streamNotFound();
  return { group, stream: found.stream };
}
