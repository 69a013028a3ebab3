/** Replaces secret values in a text before it becomes a reason or a log line. */
export type Redact = (text: string) => string;

export const nothingHidden: Redact = (text) => text;

/** Hides the whole text, where it may quote a value that is not known any more. */
export const allHidden: Redact = () => "the message is not shown, as it may quote a secret";

/** A shorter value is replaced only where it stands alone: it would tear up words and numbers that have nothing to do with it. */
const shortest = 4;

/** A shorter line of a longer value, such as a brace, is not looked for by itself. */
const shortestLine = 8;

/**
 * Replaces each of `values` with `***`, the longest first, so that one that contains another leaves nothing behind. A value is
 * also found without the white space around it, by its lines, and as JSON, Go and URLs quote it.
 */
export function redactor(values: readonly string[]): Redact {
  const all = new Set(values.flatMap(formsOf).filter((form) => form !== ""));
  if (all.size === 0) return nothingHidden;
  const patterns = [...all].sort((one, other) => other.length - one.length).map(patternOf);
  const pattern = new RegExp(patterns.join("|"), "gu");
  return (text) => text.replace(pattern, "***");
}

function formsOf(value: string): readonly string[] {
  const lines = value.split(/\r?\n/).map((line) => line.trim());
  return [value, value.trim(), ...lines.filter(({ length }) => length >= shortestLine)].flatMap((form) => [
    form,
    JSON.stringify(form).slice(1, -1),
    encodeURIComponent(form.toWellFormed()),
  ]);
}

function patternOf(value: string): string {
  const escaped = value.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  return value.length >= shortest ? escaped : `(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])`;
}
