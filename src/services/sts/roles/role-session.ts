import { defined } from "../../../defined.ts";
import type { Principal } from "../../../model/call.ts";
import type { Role } from "../../iam/index.ts";
import { checkPackedSize } from "../sessions/packed-size.ts";
import type { Sessions } from "../sessions/session-tokens.ts";
import { shownCredentials } from "../sessions/shape.ts";
import type { SessionTags } from "../sessions/tags.ts";
import { assumedRoleArn } from "./role.ts";

/** A role's session that is to be made. */
export interface RoleSession extends SessionTags {
  /** The role that was authorised. */
  readonly role: Role;
  readonly roleArn: string;
  readonly name: string;
  readonly policies: readonly string[];
  readonly sourceIdentity: string | undefined;
  readonly sessionKeys?: Principal["sessionKeys"];
  readonly seconds: number;
  readonly minimumTokenSize: number | undefined;
}

/**
 * Makes a session of a role. The result is the answer of every operation that assumes one. Refuses policies and tags that
 * are too large together.
 */
export function roleSession(sessions: Sessions, time: Date, session: RoleSession) {
  const { role, roleArn, name, policies, tags, transitiveTagKeys, sourceIdentity, sessionKeys } = session;
  const packed = checkPackedSize(policies, tags);
  const arn = assumedRoleArn(roleArn, role, name);
  const userId = `${role.id}:${name}`;
  const principal = {
    kind: "assumed-role" as const,
    arn,
    account: role.account,
    userId,
    roleArn,
    ...(policies.length > 0 && { sessionPolicies: policies }),
    ...(Object.keys(tags).length > 0 && { tags, transitiveTagKeys }),
    ...defined({ sourceIdentity, sessionKeys }),
  };
  return {
    Credentials: shownCredentials(sessions.mint(principal, time, session.seconds, session.minimumTokenSize)),
    AssumedRoleUser: { AssumedRoleId: userId, Arn: arn },
    ...defined({ PackedPolicySize: packed, SourceIdentity: sourceIdentity }),
  };
}
