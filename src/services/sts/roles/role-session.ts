import type { Principal } from "../../../model/call.ts";
import type { Role } from "../../iam/index.ts";
import { checkPackedSize, type SessionTags } from "../sessions/session-input.ts";
import { type Sessions, shownCredentials } from "../sessions/session-tokens.ts";
import { assumedRoleArn } from "./role.ts";

/** What a session of a role is to be. */
export interface RoleSession extends SessionTags, Pick<Principal, "sessionKeys"> {
  readonly role: Role;
  readonly roleArn: string;
  readonly name: string;
  readonly policies: readonly string[];
  readonly sourceIdentity: string | undefined;
  readonly seconds: number;
  readonly minimumTokenSize: number | undefined;
}

/** A session of a role and what every operation that assumes one answers. Refuses policies and tags that are too large. */
export function roleSession(sessions: Sessions, time: Date, session: RoleSession) {
  const { role, roleArn, name, policies, tags, transitiveTagKeys, sourceIdentity, sessionKeys } = session;
  const packed = checkPackedSize(policies, tags);
  const arn = assumedRoleArn(roleArn, role, name);
  const userId = `${role.id}:${name}`;
  const principal = {
    ...{ kind: "assumed-role" as const, arn, account: role.account, userId, roleArn },
    ...(policies.length > 0 && { sessionPolicies: policies }),
    ...(Object.keys(tags).length > 0 && { tags, transitiveTagKeys }),
    ...(sourceIdentity !== undefined && { sourceIdentity }),
    ...(sessionKeys && { sessionKeys }),
  };
  return {
    Credentials: shownCredentials(sessions.mint(principal, time, session.seconds, session.minimumTokenSize)),
    AssumedRoleUser: { AssumedRoleId: userId, Arn: arn },
    ...(packed !== undefined && { PackedPolicySize: packed }),
    ...(sourceIdentity !== undefined && { SourceIdentity: sourceIdentity }),
  };
}
