/** The algorithms that AWS signs identity tokens with. */
export const tokenAlgorithms = ["RS256", "ES384"] as const;
export type TokenAlgorithm = (typeof tokenAlgorithms)[number];

/** A key pair of an issuer. Its private key stays in the store. */
export interface SigningKey {
  /** In the header of the tokens that it signs. */
  readonly id: string;
  readonly account: string;
  readonly algorithm: TokenAlgorithm;
  /** The public key as a JSON Web Key without `kid`, `alg` and `use`. */
  readonly publicKey: Readonly<Record<string, unknown>>;
  /** It signs from then on, until another one does. */
  readonly signsFrom: Date;
}

const day = 24 * 60 * 60 * 1000;
/** Milliseconds for which a key signs. */
const lifetime = 30 * day;
/** Milliseconds for which a key is published before it signs: verifiers keep an issuer's keys. */
const notice = day;
/** Milliseconds for which a key is published after it signed: its last tokens are good for an hour. */
const grace = day;

/** The key that signs now, of one account's keys of an algorithm; `undefined` where there is none. */
export function signingKey(keys: readonly SigningKey[], now: Date): SigningKey | undefined {
  return newest(keys.filter(({ signsFrom }) => signsFrom <= now));
}

/** True if a key's last token has expired long ago, as another one of `keys` signs in its place. */
export function isRetired(key: SigningKey, keys: readonly SigningKey[], now: Date): boolean {
  const successor = newest(keys.filter(({ signsFrom }) => signsFrom.getTime() <= now.getTime() - grace));
  return successor !== undefined && successor.signsFrom > key.signsFrom;
}

/** When the next key of one account and algorithm is to sign, if it is to be made now. */
export function successorDue(keys: readonly SigningKey[], now: Date): Date | undefined {
  const last = newest(keys);
  if (last === undefined) return now;
  const due = last.signsFrom.getTime() + lifetime;
  return now.getTime() < due - notice ? undefined : new Date(Math.max(due, now.getTime() + notice));
}

function newest(keys: readonly SigningKey[]): SigningKey | undefined {
  return keys.toSorted((one, other) => other.signsFrom.getTime() - one.signsFrom.getTime())[0];
}
