import { createHmac, createSecretKey, hash, type KeyObject, timingSafeEqual } from "node:crypto";
import { canonicalRequest } from "./signature-canonical.ts";
import { mismatch, type SignatureProblem } from "./signature-problem.ts";
import { formatTime } from "./signature-time.ts";
import type { Signature, SignedRequest } from "./signed-request.ts";

export {
  expiredToken,
  type SignatureProblem,
  signatureErrors,
  unknownKey,
} from "./signature-problem.ts";
export { readSignature } from "./signature-read.ts";
export type { Signature, SignedRequest } from "./signed-request.ts";

/** The signatures that a service accepts. */
export interface SignatureRules {
  /** The service's signing name; any if absent. */
  readonly service?: string;
  /** Any if absent. */
  readonly regions?: readonly string[];
  /** Minutes by which clocks may differ. AWS's JSON services allow 5, which is the default; its Query services allow 15. */
  readonly minutes?: number;
}

interface SigningKey {
  readonly secretKey: string;
  /** Not a buffer: OpenSSL takes four times as long to start from one. */
  readonly key: KeyObject;
}

const signingKeys = new Map<string, SigningKey>();
const mostSigningKeys = 1000;
const signatureForm = /^[0-9a-f]{64}$/;

/** Verifies `signature` with its access key's secret. Returns the problem, or `undefined` if the key's holder signed. */
export function verifySignature(
  request: SignedRequest,
  signature: Signature,
  secretKey: string,
  now: Date,
  rules: SignatureRules = {},
): SignatureProblem | undefined {
  return (
    timeProblem(signature, now, rules.minutes ?? 5) ??
    scopeProblem(signature, rules) ??
    signatureProblem(request, signature, secretKey)
  );
}

function timeProblem({ timestamp, expires }: Signature, now: Date, minutes: number): SignatureProblem | undefined {
  const age = Math.floor(now.getTime() / 1000) - timestamp.getTime() / 1000;
  if (age < -minutes * 60) {
    const limit = `${formatTime(shift(now, minutes))} (${formatTime(now)} + ${minutes} min.)`;
    const message = `Signature not yet current: ${formatTime(timestamp)} is still later than ${limit}`;
    return { kind: "not-yet-current", message };
  }
  if (expires !== undefined) {
    return age > expires ? { kind: "presign-expired", message: "Request has expired." } : undefined;
  }
  if (age <= minutes * 60) return undefined;
  const limit = `${formatTime(shift(now, -minutes))} (${formatTime(now)} - ${minutes} min.)`;
  return { kind: "expired", message: `Signature expired: ${formatTime(timestamp)} is now earlier than ${limit}` };
}

function shift(time: Date, minutes: number): Date {
  return new Date(time.getTime() + minutes * 60_000);
}

function scopeProblem({ region, service }: Signature, rules: SignatureRules): SignatureProblem | undefined {
  const sentences: string[] = [];
  if (rules.regions && !rules.regions.includes(region)) {
    sentences.push("Credential should be scoped to a valid region.");
  }
  if (rules.service !== undefined && rules.service !== service) {
    sentences.push(`Credential should be scoped to correct service: '${rules.service}'.`);
  }
  return sentences.length > 0 ? { kind: "scope", message: sentences.join(" ") } : undefined;
}

function signatureProblem(
  request: SignedRequest,
  signature: Signature,
  secretKey: string,
): SignatureProblem | undefined {
  const payloadHash = hash("sha256", request.body);
  const canonical = canonicalRequest(request, signature, payloadHash);
  if (canonical === undefined || !signatureForm.test(signature.signature)) return mismatch;
  const claimed = request.headers["x-amz-content-sha256"];
  // Also refuses UNSIGNED-PAYLOAD, which no service here accepts.
  if (claimed !== undefined && claimed !== payloadHash) return mismatch;

  const { accessKeyId, date, region, service } = signature;
  const scope = `${date}/${region}/${service}/aws4_request`;
  const text = `AWS4-HMAC-SHA256\n${formatTime(signature.timestamp)}\n${scope}\n${hash("sha256", canonical)}`;
  const name = `${accessKeyId}/${scope}`;
  const known = signingKeys.get(name);
  const key = known?.secretKey === secretKey ? known.key : deriveKey(signature, secretKey);
  const computed = createHmac("sha256", key).update(text).digest("hex");
  // Of texts, which `signatureForm` has made as long as each other: their Buffers come from Node's pool, that of a digest does not.
  if (!timingSafeEqual(Buffer.from(computed, "latin1"), Buffer.from(signature.signature, "latin1"))) return mismatch;
  if (known?.key !== key) remember(name, { secretKey, key });
  return undefined;
}

function deriveKey({ date, region, service }: Signature, secretKey: string): KeyObject {
  const key = [date, region, service, "aws4_request"].reduce<Buffer>(
    (from, part) => createHmac("sha256", from).update(part).digest(),
    Buffer.from(`AWS4${secretKey}`),
  );
  return createSecretKey(key);
}

/** Keeps a key that verified a signature. A caller without a secret cannot evict others' keys. */
function remember(name: string, signingKey: SigningKey): void {
  const [oldest] = signingKeys.keys();
  if (signingKeys.size >= mostSigningKeys && oldest !== undefined) signingKeys.delete(oldest);
  signingKeys.set(name, signingKey);
}
