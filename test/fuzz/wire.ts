import fc from "fast-check";

/** Bodies for a JSON service. Most are an input; a few are damaged. */
export function jsonBodies(inputs: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  const whole = inputs.map((input) => JSON.stringify(input) ?? "");
  return fc.oneof(
    { weight: 40, arbitrary: whole },
    { weight: 1, arbitrary: fc.tuple(whole, fc.nat(200)).map(([body, length]) => body.slice(0, length)) },
    { weight: 1, arbitrary: whole.map((body) => body.replaceAll('"', "'")) },
    { weight: 1, arbitrary: fc.constantFrom("", "null", "[]", "1", '"text"', "{}{}", "\ufeff{}", "{".repeat(10_000)) },
  );
}

/** Bodies for a Query service. Most are an input as a form; a few are damaged. */
export function formBodies(action: string, inputs: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  const whole = inputs.map((input) => `Action=${action}&Version=2010-05-08${form("", input)}`);
  return fc.oneof(
    { weight: 40, arbitrary: whole },
    { weight: 1, arbitrary: fc.tuple(whole, fc.nat(200)).map(([body, length]) => body.slice(0, length)) },
    { weight: 1, arbitrary: whole.map((body) => body.replaceAll("%", "%%")) },
    { weight: 1, arbitrary: whole.map((body) => body.replaceAll(".member.", ".entry.")) },
    { weight: 1, arbitrary: whole.map((body) => body.replaceAll(".member.1", ".member.99999999999")) },
  );
}

function form(name: string, value: unknown): string {
  const at = (key: string | number) => (name === "" ? `${key}` : `${name}.${key}`);
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.map((item, index) => form(at(`member.${index + 1}`), item)).join("");
  if (typeof value === "object") {
    return Object.entries(value)
      .map(([key, member]) => form(at(key), member))
      .join("");
  }
  return `&${encode(name)}=${encode(String(value))}`;
}

/** Lone surrogates have no encoding. */
function encode(value: string): string {
  return encodeURIComponent(value.toWellFormed());
}
