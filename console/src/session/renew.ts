import { createApi } from "../api/client.ts";
import { identityOf, type Renewal, type Session } from "./session.ts";
import { type Token, tokenFor } from "./token.ts";

/** Milliseconds before the end from which credentials begin no further session. */
const tooShort = 300_000;

/** The same session with new credentials. Rejects if it could not be renewed, for now or for good. */
export async function renewed(session: Session, region: string): Promise<Session> {
  const { renewal, base } = session;
  if (renewal.kind === "refresh-token") {
    const { credentials, expiresAt, refreshToken } = await exchanged(renewal);
    return { ...session, credentials, expiresAt, renewal: { kind: "refresh-token", refreshToken } };
  }
  if (!base) throw new Error("A role is assumed by somebody");
  return assumed(base, renewal.roleArn, renewal.sessionName, region);
}

/** The session itself, or renewed if it is about to end or has ended: a session in a role lasts longer than the one below it. */
export async function fresh(session: Session, region: string): Promise<Session> {
  return session.expiresAt - Date.now() < tooShort ? renewed(session, region) : session;
}

/** A session in a role, with the way back to the session that assumed it. */
export async function assumed(base: Session, roleArn: string, sessionName: string, region: string): Promise<Session> {
  const caller = await fresh(base, region);
  const api = createApi({ region, credentials: () => caller.credentials });
  const { Credentials: given, AssumedRoleUser } = await api.call("sts", "AssumeRole", {
    RoleArn: roleArn,
    RoleSessionName: sessionName,
  });
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = given ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration)
    throw new Error("The answer holds no credentials");
  return {
    identity: identityOf(AssumedRoleUser?.Arn ?? roleArn),
    credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken },
    expiresAt: Expiration * 1_000,
    renewal: { kind: "role", roleArn, sessionName },
    base: caller,
  };
}

/** Where a session goes on that had ended: in its role again, if whoever assumed it has signed in. */
export async function resumed({ renewal, base }: Session, signedIn: Session, region: string): Promise<Session> {
  if (renewal.kind !== "role" || base?.identity.arn !== signedIn.identity.arn) return signedIn;
  // The role may be closed by now; its person is signed in all the same.
  return assumed(signedIn, renewal.roleArn, renewal.sessionName, region).catch(() => signedIn);
}

type RefreshToken = Extract<Renewal, { kind: "refresh-token" }>;

const exchanges = new WeakMap<RefreshToken, Promise<Token>>();

/** A refresh token works once, and the server ends the session if it comes again: who comes second gets the same answer. */
function exchanged(renewal: RefreshToken): Promise<Token> {
  const known = exchanges.get(renewal);
  if (known) return known;
  const token = tokenFor({ grantType: "refresh_token", refreshToken: renewal.refreshToken });
  exchanges.set(renewal, token);
  token.catch(() => exchanges.delete(renewal));
  return token;
}
