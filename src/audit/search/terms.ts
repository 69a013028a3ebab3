import { hash } from "node:crypto";
import { timeOfUuid } from "../../ids.ts";
import { type EventDocument, readEvent, type StoredEvent, type UserIdentity } from "../event/event.ts";

/** An event as LookupEvents shows it, from its JSON. */
export function storedEvent(json: string): StoredEvent {
  const document = readEvent(json);
  const { userIdentity, resources = [] } = document;
  return {
    id: document.eventID,
    time: new Date(Math.floor(timeOfUuid(document.eventID) / 1000) * 1000),
    source: document.eventSource,
    name: document.eventName,
    username: usernameOf(userIdentity),
    accessKeyId: userIdentity.accessKeyId,
    readOnly: document.readOnly,
    resources: resources.map(({ type, ARN }) => ({ type, name: ARN })),
    document: json,
  };
}

/** The caller as LookupEvents shows it: a user's name, the name of a role's session, `root`. */
export function usernameOf({ type, userName, principalId }: UserIdentity): string | undefined {
  if (userName !== undefined) return userName;
  if (type === "Root") return "root";
  return type === "AssumedRole" || type === "FederatedUser" ? principalId?.split(":")[1] : undefined;
}

export type Attribute = "name" | "source" | "username" | "key" | "read-only" | "type";

/**
 * The terms that find an event's second; see `cloudtrail_terms`. Names of resources are not among them: there may be as many
 * as events, and their index would cost every call more than the rest of its event.
 */
export function termsOf({ eventSource, eventName, userIdentity, readOnly, resources = [] }: EventDocument): string[] {
  const username = usernameOf(userIdentity);
  const { accessKeyId } = userIdentity;
  return [
    termOf("name", eventName),
    termOf("source", eventSource),
    termOf("read-only", String(readOnly)),
    ...(username === undefined ? [] : [termOf("username", username)]),
    ...(accessKeyId === undefined ? [] : [termOf("key", accessKeyId)]),
    ...resources.map(({ type }) => termOf("type", type)),
  ];
}

/** A text that is the same for events with the same terms. No name of a user is empty. */
export function likeness({ eventSource, eventName, userIdentity, readOnly, resources = [] }: EventDocument): string {
  const { accessKeyId } = userIdentity;
  const types = resources.map(({ type }) => type).join();
  return `${eventSource} ${eventName} ${usernameOf(userIdentity) ?? ""} ${accessKeyId ?? ""} ${readOnly} ${types}`;
}

/** Characters of a value; names may be thousands long, so that longer ones are hashed. */
const longestTerm = 200;

export function termOf(attribute: Attribute, value: string): string {
  const text = storable(value);
  return `${attribute}:${text.length > longestTerm ? `#${hash("sha256", text)}` : text}`;
}

/** Replaces the characters that PostgreSQL's columns of text cannot hold: NUL and halves of surrogate pairs. */
export function storable(text: string): string {
  return text.replaceAll("\0", "\u{fffd}").toWellFormed();
}
