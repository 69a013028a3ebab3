import { longInteger } from "../exact-json.ts";

/** A value of a field. Objects and lists are JSON. */
export type Value = string | number | boolean | Date | object | undefined;

const numeric = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i;

/** The value as a number: times are milliseconds, and `true` is 1. */
export function numberOf(value: Value): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "string") return numeric.test(value) ? Number(value) : undefined;
  if (typeof value === "boolean") return value ? 1 : 0;
  return value instanceof Date ? value.getTime() : undefined;
}

/** The value as results show it; `undefined` where they leave it out. */
export function textOf(value: Value): string | undefined {
  if (typeof value === "string" || value === undefined) return value;
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : undefined;
  if (typeof value === "boolean") return value ? "1" : "0";
  if (!(value instanceof Date)) return JSON.stringify(value);
  return Number.isNaN(value.getTime()) ? undefined : value.toISOString().replace("T", " ").replace("Z", "");
}

/** Whether a condition of this value holds. */
export function isTrue(value: Value): boolean {
  if (typeof value === "string") return value !== "" && value !== "0" && value.toLowerCase() !== "false";
  return value !== undefined && value !== false && value !== 0;
}

/** Equal as numbers where both are, else as texts. Nothing equals an absent value. */
export function areEqual(one: Value, other: Value): boolean {
  if (one === undefined || other === undefined) return false;
  if (typeof one === "boolean" && typeof other === "string") return String(one) === other || textOf(one) === other;
  if (typeof other === "boolean" && typeof one === "string") return areEqual(other, one);
  const [text = "", otherText = ""] = [textOf(one), textOf(other)];
  if (longInteger.test(text) && longInteger.test(otherText)) return BigInt(text) === BigInt(otherText);
  const [number, otherNumber] = [numberOf(one), numberOf(other)];
  if (number !== undefined && otherNumber !== undefined) return number === otherNumber;
  return text === otherText;
}

/** Compares as numbers where both are, else as texts; `undefined` where one of them is absent. */
export function compared(one: Value, other: Value): number | undefined {
  if (one === undefined || other === undefined) return undefined;
  const [number, otherNumber] = [numberOf(one), numberOf(other)];
  if (number !== undefined && otherNumber !== undefined) return number - otherNumber;
  const [text = "", otherText = ""] = [textOf(one), textOf(other)];
  return text < otherText ? -1 : text > otherText ? 1 : 0;
}

/** The order of `sort`: absent values first, then texts, then numbers. */
export function sorted(one: Value, other: Value): number {
  if (one === undefined || other === undefined) return Number(one !== undefined) - Number(other !== undefined);
  const [number, otherNumber] = [numberOf(one), numberOf(other)];
  if (number !== undefined && otherNumber !== undefined) return number - otherNumber;
  if (number !== undefined || otherNumber !== undefined) return number === undefined ? -1 : 1;
  return naturalOrder(textOf(one) ?? "", textOf(other) ?? "");
}

const chunk = /\d+|\D+/g;

/** Digits in a text are ordered by their length, then by their value, and what is between them by code points, as on AWS. */
function naturalOrder(one: string, other: string): number {
  const [chunks, otherChunks] = [one.match(chunk) ?? [], other.match(chunk) ?? []];
  for (const [index, own] of chunks.entries()) {
    const others = otherChunks[index];
    if (others === undefined) return 1;
    if (own === others) continue;
    const areDigits = /^\d/.test(own) && /^\d/.test(others);
    if (areDigits && own.length !== others.length) return own.length - others.length;
    return own < others ? -1 : 1;
  }
  return chunks.length - otherChunks.length;
}

/** Four decimals, as AWS shows averages. */
export function rounded(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toFixed(4));
}
