const lowercase = "abcdefghijklmnopqrstuvwxyz";
const uppercase = lowercase.toUpperCase();
const numbers = "0123456789";
const punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

interface PasswordRules {
  readonly excludeCharacters: string;
  readonly excludeNumbers: boolean;
  readonly excludePunctuation: boolean;
  readonly excludeUppercase: boolean;
  readonly excludeLowercase: boolean;
  readonly includeSpace: boolean;
}

/** The characters that a password may have, by type; a type whose characters are all excluded is empty. */
export function passwordAlphabets(rules: PasswordRules): readonly string[] {
  const types: [string, boolean][] = [
    [lowercase, rules.excludeLowercase],
    [uppercase, rules.excludeUppercase],
    [numbers, rules.excludeNumbers],
    [punctuation, rules.excludePunctuation],
  ];
  return types.filter(([, isExcluded]) => !isExcluded).map(([type]) => without(type, rules.excludeCharacters));
}

/** Every character that a password may have. */
export function passwordPool(rules: PasswordRules): string {
  return passwordAlphabets(rules).join("") + (rules.includeSpace ? without(" ", rules.excludeCharacters) : "");
}

export function hasOneOfEach(password: string, alphabets: readonly string[]): boolean {
  return alphabets.every((alphabet) => [...password].some((character) => alphabet.includes(character)));
}

function without(alphabet: string, excluded: string): string {
  return [...alphabet].filter((character) => !excluded.includes(character)).join("");
}
