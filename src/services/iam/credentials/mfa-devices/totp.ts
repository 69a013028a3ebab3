import { createHmac, timingSafeEqual } from "node:crypto";

/** Time-based one-time passwords with SHA-1, six digits and steps of 30 seconds: https://www.rfc-editor.org/rfc/rfc6238 */
const stepSeconds = 30;
const digits = 6;

/** The number of the step that a time is in. */
export function stepAt(time: Date): number {
  return Math.floor(time.getTime() / 1000 / stepSeconds);
}

export function codeAt(seed: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac("sha1", seed).update(counter).digest();
  const offset = (hash.at(-1) ?? 0) & 0xf;
  const number = (hash.readUInt32BE(offset) & 0x7fff_ffff) % 10 ** digits;
  return String(number).padStart(digits, "0");
}

/** The step, at most one away from `around` and later than `after`, that a code is of; `undefined` for a wrong code. */
export function stepOfCode(
  seed: Uint8Array,
  code: string,
  { around, after }: { readonly around: number; readonly after: number },
): number | undefined {
  return stepsAround(around, 1).find((step) => step > after && isCode(seed, step, code));
}

/** The step of the second of two consecutive codes; the first is of a step at most `reach` away from `around`. */
export function stepOfCodes(
  seed: Uint8Array,
  [first, second]: readonly [string, string],
  { around, reach }: { readonly around: number; readonly reach: number },
): number | undefined {
  const found = stepsAround(around, reach).find((step) => isCode(seed, step, first) && isCode(seed, step + 1, second));
  return found === undefined ? undefined : found + 1;
}

/** The nearest first, and of two that are equally near the earlier one. */
function stepsAround(step: number, reach: number): readonly number[] {
  return [step, ...Array.from({ length: reach }, (_, index) => [step - index - 1, step + index + 1]).flat()];
}

function isCode(seed: Uint8Array, step: number, code: string): boolean {
  const expected = Buffer.from(codeAt(seed, step));
  const given = Buffer.from(code);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
