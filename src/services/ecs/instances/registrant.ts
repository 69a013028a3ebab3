import { parseArn } from "../../../arn.ts";
import type { Principal } from "../../../model/call.ts";
import { accessDeniedException } from "../../../model/common-errors.ts";

/*
 * A container instance belongs to the principal that registered it. AWS decides by policies alone, which cannot tell one
 * machine of a role from another; docs/divergences.md says what follows from it here.
 */

type Caller = Pick<Principal, "kind" | "arn" | "account" | "userId">;

/** An instance, as far as its owner goes. */
export interface Registered {
  readonly arn: string;
  readonly registrant: string;
}

/** The principal as an instance keeps it: a user's unique id, or a role's with the name of the session. */
export function registrantOf({ userId }: Caller): string {
  return userId;
}

/** The principal's user, or its role without the session. */
export function entityOf({ kind, userId }: Caller): string {
  return kind === "assumed-role" ? userId.slice(0, userId.indexOf(":")) : userId;
}

/** True if the caller may act as the instance's machine. The account's root user may act as any of its machines. */
export function isMachineOf(caller: Caller, { arn, registrant }: Registered): boolean {
  if (caller.kind === "root") return caller.account === parseArn(arn)?.account;
  return registrantOf(caller) === registrant;
}

/** Throws unless the caller is the instance's machine. Without an instance nobody is. */
export function refuseOtherMachine(caller: Caller, instance: Registered | undefined, action: string): void {
  if (instance && isMachineOf(caller, instance)) return;
  throw accessDeniedException(notItsMachine(caller, action, instance?.arn ?? "*"));
}

/**
 * Throws unless the caller may drain or deregister the instance. A machine may do that to itself only. Every user and every
 * role that has ever registered an instance counts as a machine (`isMachine`), all others as administrators.
 */
export function refuseManaging(caller: Caller, isMachine: boolean, instance: Registered, action: string): void {
  if (isMachine) refuseOtherMachine(caller, instance, action);
}

/** AWS's sentence on a caller who may not, with a reason that only exists here. */
export function notItsMachine({ arn }: Caller, action: string, instance: string): string {
  return `User: ${arn} is not authorized to perform: ${action} on resource: ${instance} because another principal registered the container instance`;
}
