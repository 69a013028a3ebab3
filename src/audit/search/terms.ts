import { hash } from "node:crypto";
import { timeOfUuid } from "../../ids.ts";
import type { EventDocument, StoredEvent, UserIdentity } from "../event/event.ts";

/** An event as LookupEvents shows it; all of it follows from its JSON. */
export function storedEvent(json: string): StoredEvent {
  const document = JSON.parse(json) as EventDocument;
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

/** As LookupEvents shows who called: a user's name, the name of a role's session, `root`. */
export function usernameOf({ type, userName, principalId }: UserIdentity): string | undefined {
  if (userName !== undefined) return userName;
  if (type === "Root") return "root";
  return type === "AssumedRole" || type === "FederatedUser" ? principalId?.split(":")[1] : undefined;
}

export type Attribute = "name" | "source" | "username" | "key" | "read-only" | "type";

/**
 * Of which events are found by the second; see `cloudtrail_terms`. Names of resources are none: there may be as many as
 * there are events, and an index of them would cost every call more than all else of its event.
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

/** What the terms of an event follow from; no name of a user is empty. */
export function likeness({ eventSource, eventName, userIdentity, readOnly, resources = [] }: EventDocument): string {
  const { accessKeyId } = userIdentity;
  const types = resources.map(({ type }) => type).join();
  return `${eventSource} ${eventName} ${usernameOf(userIdentity) ?? ""} ${accessKeyId ?? ""} ${readOnly} ${types}`;
}

/** Characters that a term keeps as they are; names may be thousands long. */
const longestTerm = 200;

export function termOf(attribute: Attribute, value: string): string {
  const text = storable(value);
  return `${attribute}:${text.length > longestTerm ? `#${hash("sha256", text)}` : text}`;
}

/** PostgreSQL's columns of text hold neither NUL nor half a character. */
export function storable(text: string): string {
  return text.replaceAll("\0", "\u{fffd}").toWellFormed();
}
