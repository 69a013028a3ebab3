import type { Keyring } from "../../../keyring/keyring.ts";
import type { Call, Principal } from "../../../model/call.ts";

const purpose = "ecr authorization token";
/** Milliseconds: twelve hours, as on AWS. */
const life = 12 * 60 * 60 * 1000;

/** Who got a token, and the registry that it is for. */
export interface AskedRegistry {
  readonly principal: Principal;
  readonly account: string;
  readonly region: string;
  readonly expiresAt: Date;
}

export type RegistryTokens = ReturnType<typeof registryTokens>;

/** What a link to a layer says: anybody may get the layer by it until it expires. */
interface LayerLink {
  readonly repositoryId: string;
  readonly digest: string;
  readonly expiresAt: Date;
}

const linkPurpose = "ecr layer link";
/** Milliseconds. */
const linkLife = 60 * 60 * 1000;

/** Makes and reads the passwords of `docker login`. Any server with the same root key can read them. */
export function registryTokens(keyring: Keyring) {
  return {
    mint({ principal, region, time }: Call, account: string): { readonly password: string; readonly expiresAt: Date } {
      const expiresAt = new Date(time.getTime() + life);
      const asked: AskedRegistry = { principal, account, region, expiresAt };
      const sealed = keyring.seal(Buffer.from(JSON.stringify(asked)), purpose);
      return { password: Buffer.from(sealed).toString("base64url"), expiresAt };
    },

    /** What a password made here says, expired or not; `undefined` for any other text. */
    open(password: string): AskedRegistry | undefined {
      const opened = keyring.open(Buffer.from(password, "base64url"), purpose);
      if (!opened) return undefined;
      const asked = JSON.parse(Buffer.from(opened).toString());
      const principal = { ...asked.principal };
      for (const member of ["sessionIssuedAt", "sessionExpiresAt", "mfaAuthenticatedAt"]) {
        if (principal[member] !== undefined) principal[member] = new Date(principal[member]);
      }
      return { ...asked, principal, expiresAt: new Date(asked.expiresAt) };
    },

    mintLink(repositoryId: string, digest: string, now: Date): string {
      const link: LayerLink = { repositoryId, digest, expiresAt: new Date(now.getTime() + linkLife) };
      return Buffer.from(keyring.seal(Buffer.from(JSON.stringify(link)), linkPurpose)).toString("base64url");
    },

    openLink(text: string): LayerLink | undefined {
      const opened = keyring.open(Buffer.from(text, "base64url"), linkPurpose);
      if (!opened) return undefined;
      const link = JSON.parse(Buffer.from(opened).toString());
      return { ...link, expiresAt: new Date(link.expiresAt) };
    },
  };
}
