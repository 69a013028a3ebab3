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

/** The key of the algorithm that signs now, of one account's keys; `undefined` if there is none. */
export function signingKey(keys: readonly SigningKey[], algorithm: string, now: Date): SigningKey | undefined {
  return newest(keys, algorithm, now);
}

/** True if a key's last token has expired long ago, as another one of the account's keys signs in its place. */
export function isRetired(key: SigningKey, keys: readonly SigningKey[], now: Date): boolean {
  const successor = newest(keys, key.algorithm, new Date(now.getTime() - grace));
  return successor !== undefined && successor.signsFrom > key.signsFrom;
}

/** When the account's next key of the algorithm is to sign, if it is to be made now. */
export function successorDue(keys: readonly SigningKey[], algorithm: TokenAlgorithm, now: Date): Date | undefined {
  const last = newest(keys, algorithm);
  if (last === undefined) return now;
  const due = last.signsFrom.getTime() + lifetime;
  return now.getTime() < due - notice ? undefined : new Date(Math.max(due, now.getTime() + notice));
}

/** The last key of the algorithm, of those that sign from `until` or earlier. */
function newest(keys: readonly SigningKey[], algorithm: string, until?: Date): SigningKey | undefined {
  return keys
    .filter((key) => key.algorithm === algorithm && (until === undefined || key.signsFrom <= until))
    .toSorted((one, other) => other.signsFrom.getTime() - one.signsFrom.getTime())[0];
}
