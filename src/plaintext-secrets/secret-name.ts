/** Words that name a secret where they end a name: `DB_PASSWORD`, `githubToken`. */
const secretWords = new Set([
  ...["password", "passwords", "passwd", "pass", "pwd", "pw", "passphrase", "passcode", "requirepass", "masterauth"],
  ...["secret", "secrets", "token", "credential", "credentials", "pepper", "salt", "apikey", "authkey", "privatekey"],
]);

/** Endings of words written together: `PGPASSWORD`, `authtoken`. */
const secretEnding =
  /(?:^(?:admin|db|ftp|ldap|mail|mysql|pg|redis|root|smtp|user)pass|password|passwd|passphrase|secret|token|apikey|secretkey|privatekey|accesskey)$/;

/** Words that make a secret of the word `key` after them: `API_KEY`, `JWT_SIGNING_KEY`. */
const keyWords = new Set(
  "access account api app application auth cipher consumer crypt deploy encryption hmac integration jwt license master nonce private secret service session shared signing ssh storage write".split(
    " ",
  ),
);

/** Words that say which one it is, and not what: `DB_PASSWORD_PROD`, `PASSWORD_DB`, `API_KEY_2`. */
const which = new Set(
  "prod production staging dev test qa live old new previous current primary db database mysql postgres redis smtp".split(
    " ",
  ),
);

/** Words after which a name is of something else, although a word before them names a secret: `SECRET_KEY_BASE` is one. */
const base = "base";

export type SecretKind = "password" | "key" | "token" | "secret";

/** What the name of a variable, option or flag says that its value is; `undefined` if it does not name a secret. */
export function secretKindOf(name: string): SecretKind | undefined {
  const words = wordsOf(name);
  if (words.at(-1) === base) words.pop();
  while (words.length > 1 && (which.has(words.at(-1) ?? "") || /^\d{1,2}$/.test(words.at(-1) ?? ""))) words.pop();
  const last = words.at(-1);
  if (last === undefined || words.includes("public")) return undefined;
  const before = words.at(-2) ?? "";
  if (last === "key" || last === "keys") return keyWords.has(before) ? "key" : undefined;
  // A user and a password, as HTTP's basic authentication has them.
  if (last === "auth" && before === "basic") return "password";
  if (!secretWords.has(last) && !secretEnding.test(last)) return undefined;
  if (/^pass|pass(?:words?|wd|phrase)?$|^pwd?$|masterauth/.test(last)) return "password";
  if (/token$/.test(last)) return "token";
  return /key$/.test(last) ? "key" : "secret";
}

/** The words of `dbPassword`, `DB_PASSWORD`, `db-password` and `spring.datasource.password`, in lower case. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .split(/[^A-Za-z\d]+/)
    .filter((word) => word !== "")
    .map((word) => word.toLowerCase());
}
