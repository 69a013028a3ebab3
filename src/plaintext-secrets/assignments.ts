export interface Assignment {
  readonly name: string;
  readonly value: string;
}

/** `NAME=value` and `--name=value`, also of lists: `a=1,b=2`. */
const assigned = /(?:^|[\s;&|"'(,])-{0,2}([A-Za-z_][\w.-]{0,127})=("[^"]*"|'[^']*'|[^\s;&|)"',]+)/g;
/** `--name value`. */
const following = /(?:^|\s)--?([A-Za-z][\w.-]{0,127})\s+("[^"]*"|'[^']*'|[^\s;&|)"'-][^\s;&|)"']*)/g;
/** `"name": "value"` of JSON, also where it stands in a text of JSON. */
const member = /"([A-Za-z_][\w.-]{0,127})\\?"\s*:\s*\\?"((?:[^"\\]|\\[^"])*)/g;
/** `X-Api-Key: value` of headers and YAML. */
const header = /(?:^|[\s"'])([A-Za-z][\w.-]{0,127}):[ \t]+("[^"]*"|'[^']*'|[^\s"',]+)/g;

/** What a command line, a shell's script, or a text in JSON gives to flags, variables and members. */
export function assignmentsIn(text: string): readonly Assignment[] {
  return [assigned, following, member, header].flatMap((pattern) =>
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
