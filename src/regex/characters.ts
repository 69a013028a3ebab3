/** Tests a UTF-16 code unit. */
export type CharacterTest = (code: number) => boolean;

type Refusal = new (message: string) => Error;

const isDigit: CharacterTest = (code) => code >= 0x30 && code <= 0x39;
export const isWord: CharacterTest = (code) =>
  isDigit(code) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code === 0x5f;
const isSpace: CharacterTest = (code) => code === 0x20 || (code >= 0x09 && code <= 0x0d);

const classes: Readonly<Record<string, CharacterTest>> = {
  d: isDigit,
  D: (code) => !isDigit(code),
  w: isWord,
  W: (code) => !isWord(code),
  s: isSpace,
  S: (code) => !isSpace(code),
};

const controls: Readonly<Record<string, string>> = {
  t: "\t",
  n: "\n",
  r: "\r",
  f: "\f",
  v: "\v",
  e: "\x1b",
  a: "\x07",
};

/** The names of `\p{…}`. */
const properties: Readonly<Record<string, CharacterTest>> = {
  Alpha: byForm(/[A-Za-z]/),
  Digit: isDigit,
  Alnum: byForm(/[A-Za-z0-9]/),
  Upper: byForm(/[A-Z]/),
  Lower: byForm(/[a-z]/),
  Punct: byForm(/[!-/:-@[-`{-~]/),
  Space: isSpace,
  XDigit: byForm(/[0-9A-Fa-f]/),
  L: byForm(/\p{L}/u),
  Lu: byForm(/\p{Lu}/u),
  Ll: byForm(/\p{Ll}/u),
  N: byForm(/\p{N}/u),
  Nd: byForm(/\p{Nd}/u),
  P: byForm(/\p{P}/u),
  S: byForm(/\p{S}/u),
  Z: byForm(/\p{Z}/u),
};

function byForm(form: RegExp): CharacterTest {
  return (code) => form.test(String.fromCharCode(code));
}

export function ignoringCase(accepts: CharacterTest): CharacterTest {
  return (code) => {
    if (accepts(code)) return true;
    const character = String.fromCharCode(code);
    return accepts(character.toLowerCase().charCodeAt(0)) || accepts(character.toUpperCase().charCodeAt(0));
  };
}

interface Escape {
  readonly accepts: CharacterTest;
  /** Where it stands for one character. */
  readonly literal?: string;
  readonly end: number;
}

/** What stands behind a backslash at `at`. */
export function escapeClass(source: string, at: number, Refusal: Refusal): Escape {
  const character = source[at];
  if (character === undefined) throw new Refusal("A regular expression must not end in a backslash");
  const named = classes[character];
  if (named) return { accepts: named, end: at + 1 };
  const [whole, two, four] = /^(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4}))/.exec(source.slice(at, at + 5)) ?? [];
  if (whole !== undefined) {
    return oneCharacter(String.fromCharCode(Number.parseInt(two ?? four ?? "", 16)), at + whole.length);
  }
  const [property, name = ""] = /^[pP]\{(?:Is)?(\w+)\}/.exec(source.slice(at, at + 20)) ?? [];
  const accepts = properties[name];
  if (property !== undefined && accepts) {
    return { accepts: character === "p" ? accepts : (code) => !accepts(code), end: at + property.length };
  }
  const control = controls[character];
  if (control !== undefined) return oneCharacter(control, at + 1);
  if (/[A-Za-z0-9]/.test(character)) throw new Refusal(`"\\${character}" is not supported in a regular expression`);
  return oneCharacter(character, at + 1);
}

function oneCharacter(literal: string, end: number): Escape {
  const code = literal.charCodeAt(0);
  return { accepts: (other) => other === code, literal, end };
}

/** What stands between brackets, of which the first is before `at`. */
export function characterClass(source: string, at: number, Refusal: Refusal): Omit<Escape, "literal"> {
  const isNegated = source[at] === "^";
  const parts: CharacterTest[] = [];
  let next = isNegated ? at + 1 : at;
  for (let isFirst = true; source[next] !== "]" || isFirst; isFirst = false) {
    const posix = /^\[:(\w+):\]/.exec(source.slice(next, next + 12));
    if (posix) {
      const [whole, name = ""] = posix;
      const accepts = properties[name.charAt(0).toUpperCase() + name.slice(1)];
      if (!accepts) throw new Refusal(`"${whole}" is not supported in a regular expression`);
      parts.push(accepts);
      next += whole.length;
      continue;
    }
    const low = member(source, next, Refusal);
    next = low.end;
    if (low.literal === undefined || source[next] !== "-" || source[next + 1] === "]") {
      parts.push(low.accepts);
      continue;
    }
    const high = member(source, next + 1, Refusal);
    const [from, to] = [low.literal.charCodeAt(0), high.literal?.charCodeAt(0) ?? -1];
    if (to < from)
      throw new Refusal(`A range of the regular expression is out of order: ${source.slice(at, high.end)}`);
    parts.push((code) => code >= from && code <= to);
    next = high.end;
  }
  const accepts: CharacterTest = (code) => parts.some((part) => part(code)) !== isNegated;
  return { accepts, end: next + 1 };
}

function member(source: string, at: number, Refusal: Refusal): Escape {
  const character = source[at];
  if (character === undefined) throw new Refusal('A "[" of the regular expression has no "]"');
  return character === "\\" ? escapeClass(source, at + 1, Refusal) : oneCharacter(character, at + 1);
}
