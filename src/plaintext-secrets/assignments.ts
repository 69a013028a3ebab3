export interface Assignment {
  readonly name: string;
  readonly value: string;
}

/** `NAME=value` and `--name=value`. */
const assigned = /(?:^|[\s;&|"'(])-{0,2}([A-Za-z_][\w.-]{0,127})=("[^"]*"|'[^']*'|[^\s;&|)"']+)/g;
/** `--name value`. */
const following = /(?:^|\s)--?([A-Za-z][\w.-]{0,127})\s+("[^"]*"|'[^']*'|[^\s;&|)"'-][^\s;&|)"']*)/g;

/** What a command line or a shell's script gives to flags and variables. */
export function assignmentsIn(text: string): readonly Assignment[] {
  return [assigned, following].flatMap((pattern) =>
    [...text.matchAll(pattern)].map(([, name = "", value = ""]) => ({ name, value: unquoted(value) })),
  );
}

/** The name of the flag that the word is, if its value is the next word. */
export function flagOf(word: string | undefined): string | undefined {
  return word === undefined ? undefined : /^--?([A-Za-z][\w.-]{0,127})$/.exec(word)?.[1];
}

function unquoted(text: string): string {
  return /^(["']).*\1$/s.test(text) ? text.slice(1, -1) : text;
}
