import { conditionTest, type Operator, operators, type Test } from "./condition.ts";
import { checkRegexes, type Filter, MalformedPattern, unclosed } from "./filter.ts";
import { type Token, type TokenReader, tokenReader, tokensOf, unexpected } from "./tokens.ts";

interface Field {
  /** `undefined` for one without a name. */
  readonly name: string | undefined;
  readonly test: Test | undefined;
}

const ellipsis = "...";

/**
 * `[ip, user, ..., status = 4* && status != 404, bytes > 1000]`: messages whose fields are as many as named, or at least so
 * many where there is an ellipsis, and pass the tests.
 */
export function fieldsFilter(pattern: string): Filter {
  if (!pattern.endsWith("]")) throw unclosed("[", "]");
  const tokens = tokensOf(pattern.slice(1, -1));
  checkRegexes(tokens);
  // `[]` takes any message.
  const fields = tokens.length === 0 ? [ellipsis] : readFields(tokens);
  const gap = fields.indexOf(ellipsis);
  const before = (gap < 0 ? fields : fields.slice(0, gap)) as readonly Field[];
  const behind = (gap < 0 ? [] : fields.slice(gap + 1)) as readonly Field[];
  if (fields.lastIndexOf(ellipsis) !== gap) throw new MalformedPattern('The pattern has more than one "..."');

  function passes(values: readonly string[]): boolean {
    const named = before.length + behind.length;
    if (gap < 0 ? values.length !== named : values.length < named) return false;
    const passed = (field: Field, value: string) => field.test?.(value) ?? true;
    return (
      before.every((field, index) => passed(field, values[index] ?? "")) &&
      behind.every((field, index) => passed(field, values[values.length - behind.length + index] ?? ""))
    );
  }

  return {
    matches: (message) => passes(fieldsOf(message)),
    hasFields: true,
    hasRegex: tokens.some(({ kind }) => kind === "regex"),
    extract(message) {
      const values = fieldsOf(message);
      const name = (index: number) => {
        const fromEnd = index - (values.length - behind.length);
        const field = index < before.length ? before[index] : fromEnd >= 0 ? behind[fromEnd] : undefined;
        return `$${field?.name ?? index + 1}`;
      };
      return Object.fromEntries(values.map((value, index) => [name(index), value]));
    },
  };
}

/** What stands between brackets or double quotes is one field, without them. */
function fieldsOf(message: string): string[] {
  return [...message.matchAll(/\[([^\]]*)\]|"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(
    ([, bracketed, quoted, word]) => bracketed ?? quoted ?? word ?? "",
  );
}

function readFields(tokens: readonly Token[]): (Field | typeof ellipsis)[] {
  const fields: (Field | typeof ellipsis)[] = [];
  const reader = tokenReader(tokens);
  for (;;) {
    fields.push(readField(reader));
    if (reader.isDone()) return fields;
    if (!reader.take(",")) throw unexpected(reader.next());
    // A comma at the end: one more field, without a name.
    if (reader.isDone()) return [...fields, { name: undefined, test: undefined }];
  }
}

function readField(reader: TokenReader): Field | typeof ellipsis {
  const token = reader.peek();
  if (token === undefined || (token.kind === "punctuation" && token.text === ",")) {
    return { name: undefined, test: undefined };
  }
  if (token.kind === "word" && (token.text === ellipsis || token.text === "…")) {
    reader.next();
    return ellipsis;
  }
  const next = reader.peek(1);
  if (token.kind === "word" && (next === undefined || next.text === ",")) {
    reader.next();
    return { name: token.text, test: undefined };
  }
  const names = new Set<string>();
  const test = readAlternatives(reader, names);
  const [name] = names;
  if (names.size > 1) throw new MalformedPattern(`The conditions of the field "${name}" are about several fields`);
  return { name, test };
}

function readAlternatives(reader: TokenReader, names: Set<string>): Test {
  const alternatives = [readConjunction(reader, names)];
  while (reader.take("||")) alternatives.push(readConjunction(reader, names));
  return (value) => alternatives.some((test) => test(value));
}

function readConjunction(reader: TokenReader, names: Set<string>): Test {
  const tests = [readOne(reader, names)];
  while (reader.take("&&")) tests.push(readOne(reader, names));
  return (value) => tests.every((test) => test(value));
}

function readOne(reader: TokenReader, names: Set<string>): Test {
  if (reader.take("(")) {
    const inner = readAlternatives(reader, names);
    if (!reader.take(")")) throw new MalformedPattern('A "(" has no ")"');
    return inner;
  }
  const name = reader.next();
  if (name.kind !== "word") throw unexpected(name);
  names.add(name.text);
  const operator = reader.next();
  if (operator.kind !== "punctuation" || !(operators as readonly string[]).includes(operator.text)) {
    throw unexpected(operator);
  }
  // AWS also writes "differs" as `=!`.
  const isNegated = operator.text === "=" && reader.take("!");
  const value = reader.next();
  if (value.kind === "punctuation") throw unexpected(value);
  return conditionTest(isNegated ? "!=" : (operator.text as Operator), value);
}
