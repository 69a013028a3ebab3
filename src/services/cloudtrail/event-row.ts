import { hash } from "node:crypto";
import type { EventDocument, UserIdentity } from "./event.ts";

/** What events are looked up by, as columns of their row; all of it follows from the document. */
export interface EventColumns {
  readonly account: string;
  readonly region: string;
  readonly event_id: string;
  readonly source: string;
  readonly name: string;
  readonly username: string | null;
  readonly access_key_id: string | null;
  readonly read_only: number;
  readonly resources: string;
}

export const columnNames = [
  ...["account", "region", "event_id", "source", "name", "username", "access_key_id", "read_only", "resources"],
] as readonly (keyof EventColumns)[];

export function columnsOf(document: EventDocument): EventColumns {
  const { userIdentity, resources = [] } = document;
  return {
    account: document.recipientAccountId,
    region: document.awsRegion,
    event_id: document.eventID,
    source: document.eventSource,
    name: document.eventName,
    username: storable(usernameOf(userIdentity)),
    access_key_id: storable(userIdentity.accessKeyId),
    read_only: document.readOnly ? 1 : 0,
    resources: resources.length === 0 ? "[]" : JSON.stringify(resources.map(({ type, ARN }) => [type, storable(ARN)])),
  };
}

/** As LookupEvents shows who called: a user's name, the name of a role's session, `root`. */
function usernameOf({ type, userName, principalId }: UserIdentity): string | undefined {
  if (userName !== undefined) return userName;
  if (type === "Root") return "root";
  return type === "AssumedRole" || type === "FederatedUser" ? principalId?.split(":")[1] : undefined;
}

/** PostgreSQL's columns of text hold neither NUL nor half a character. */
function storable(text: string): string;
function storable(text: string | undefined): string | null;
function storable(text: string | undefined): string | null {
  return text === undefined ? null : text.replaceAll("\0", "\u{fffd}").toWellFormed();
}

export type Attribute = "name" | "source" | "username" | "key" | "read-only" | "type";

/**
 * Of which events are found by the second; see `cloudtrail_terms`. Names of resources are none: there may be as many as
 * there are events, and an index of them would cost every call more than all else of its event.
 */
export function termsOf(columns: EventColumns): string[] {
  const terms = [
    termOf("name", columns.name),
    termOf("source", columns.source),
    termOf("read-only", columns.read_only === 1 ? "true" : "false"),
  ];
  if (columns.username !== null) terms.push(termOf("username", columns.username));
  if (columns.access_key_id !== null) terms.push(termOf("key", columns.access_key_id));
  if (columns.resources === "[]") return terms;
  for (const [type] of JSON.parse(columns.resources) as [string, string][]) terms.push(termOf("type", type));
  return terms;
}

/** Characters that a term keeps as they are; names may be thousands long. */
const longestTerm = 200;

export function termOf(attribute: Attribute, value: string): string {
  const text = storable(value);
  return `${attribute}:${text.length > longestTerm ? `#${hash("sha256", text)}` : text}`;
}
