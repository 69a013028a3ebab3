import { parseArn, regionalArn } from "../../../arn.ts";
import type { Call } from "../../../model/call.ts";
import type { Tag } from "../../../model/tag-conditions.ts";

export const groupClasses = ["STANDARD", "INFREQUENT_ACCESS", "ESSENTIALS", "DELIVERY"] as const;
export type GroupClass = (typeof groupClasses)[number];

export interface Group {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly createdAt: number;
  readonly retentionDays: number | undefined;
  readonly class: GroupClass;
  readonly isProtected: boolean;
  readonly tags: readonly Tag[];
  /** The data key that new events are sealed under. */
  readonly keyId: string;
  readonly kmsKeyArn: string | undefined;
}

/** As `limits.json` has it for `LogGroupName`. */
export function isGroupName(name: string): boolean {
  return /^[.\-_/#A-Za-z0-9]{1,512}$/.test(name);
}

/** AWS keeps such names for itself. */
export function isReserved(name: string): boolean {
  return name.startsWith("aws/");
}

/** The account and region of a group. */
export interface Scope {
  readonly account: string;
  readonly region: string;
}

export interface Place extends Scope {
  readonly partition: string;
}

/** Events of a group of the class DELIVERY are kept for one day: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
const deliveryDays = 1;

export const day = 24 * 60 * 60 * 1000;

/** Days that PutRetentionPolicy takes. */
export const retentionDays: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** The ARN without the `:*` that DescribeLogGroups puts behind it. */
export function groupArn(place: Place, name: string): string {
  return regionalArn(place, "logs", `log-group:${name}`);
}

export function streamArn(place: Place, group: string, stream: string): string {
  return `${groupArn(place, group)}:log-stream:${stream}`;
}

/** Events before this time have expired; 0 where none ever do. */
export function expiry({ retentionDays, class: kind }: Pick<Group, "retentionDays" | "class">, now: number): number {
  const days = retentionDays ?? (kind === "DELIVERY" ? deliveryDays : undefined);
  return days === undefined ? 0 : now - days * day;
}

export interface GroupName {
  readonly account: string;
  readonly name: string;
}

/** The group that a `logGroupIdentifier` names, by name or ARN; `undefined` where it is another region's or no group's. */
export function readIdentifier(call: Pick<Call, "account" | "region">, identifier: string): GroupName | undefined {
  if (!identifier.startsWith("arn:")) return { account: call.account, name: identifier };
  const arn = parseArn(identifier);
  if (arn?.service !== "logs" || arn.region !== call.region || !arn.resource.startsWith("log-group:")) return undefined;
  return { account: arn.account, name: arn.resource.slice("log-group:".length).replace(/:\*$/, "") };
}
