import { wordsOf } from "./secret-name.ts";

/** Words that are settings and no secrets. */
const setting =
  /^(?:|[01]|true|false|yes|no|on|off|y|n|none|null|nil|undefined|enabled?|disabled?|required|optional|default|auto|always|never)$/i;

/** What stands where a value is to be filled in. */
const placeholder =
  /^(?:x{3,}|\*+|\.+|-+|_+|todo|tbd|n\/a|<.*>|\[.*\]|replace(?:me|[ _-].*)|placeholder|redacted|your[ _-].*|insert[ _-].*)$/is;

/** A reference that something else resolves: a shell's variable, a template, another store. */
const reference =
  /^(?:\${1,2}[A-Za-z_]\w*|\${1,2}[({].*|%{1,2}[A-Za-z_]\w*%{1,2}|\{\{.*\}\}|#\{.*\}|@.*@|arn:aws.*|(?:vault|ssm|secretsmanager|aws-?sm|awssm|op|sm|env|file|ref|gcp|k8s)(?:\+\w+)?:.*)$/is;

/** What a shell's or Spring's variable has where nothing sets it: `${DB_PASSWORD:-hunter2}`, `${DB_PASSWORD:hunter2}`. */
const fallback = /^\$\{(?:[\w.]+:?[-=]|[A-Z][A-Z\d_]*:(?![?+]))(.+)\}$/s;

/** The name of a header in which the secret comes. */
const headerName = /^x(?:-[a-z]+)+$/i;

/** A key or a certificate that everybody may have. */
const publicKey =
  /^(?:(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-\S{1,32}|sk-ssh-\S{1,32}) AAAA|-----BEGIN (?:CERTIFICATE|(?:RSA |SSH2 )?PUBLIC KEY)-----(?!.*PRIVATE KEY))/s;

/** A file in which the secret is. */
const path = /^(?:~|\.{1,2})?(?:\/[\w.@-]+)+\/?$/;

/** False for values that are no secret whatever the name says: settings, placeholders, references, paths. */
export function canBeSecret(value: string): boolean {
  const text = value.trim();
  const [, instead] = fallback.exec(text) ?? [];
  if (instead !== undefined) return canBeSecret(instead);
  return ![setting, placeholder, reference, headerName, publicKey].some((form) => form.test(text)) && !isPath(text);
}

/** Base64 may begin with a slash, too; a file's path has words in it. */
function isPath(text: string): boolean {
  return path.test(text) && !isRandom(text.replaceAll(/[/.]/g, ""));
}

const userAndPassword = /[a-z][a-z\d+.-]{1,30}:\/\/[^\s/:@?#]{0,256}:([^\s/@?#]{1,1024})@/gi;
const passwordPart =
  /(?:^|[;?&,\s])(?:password|pwd|accountkey|sharedaccesskey|sig|secret|access_token|api_?key|token)=([^;&,\s"']+)/gi;
const oracle = /\bjdbc:oracle:\w+:[^\s/@:]{1,256}\/([^\s@]{1,1024})@/gi;
/** https://github.com/go-sql-driver/mysql#dsn-data-source-name */
const goDriver = /(?:^|[\s"'=])[\w.-]{1,64}:(\S{1,256}?)@(?:tcp6?|unix|udp)\(/g;
const authorization = /\bauthorization["']?\s*[:=]\s*["']?(?:basic|bearer|token|splunk)(?:\s|%20)+([^\s"']+)/gi;
/** The whole value of such a header. */
const credentials = /^(?:basic|bearer)\s+([\w.+/~-]{12,}=*)$/gi;

/** True if the text is or has a URL, a connection string or a header with a password in it. */
export function hasPassword(value: string): boolean {
  return [userAndPassword, passwordPart, oracle, goDriver, authorization, credentials].some((pattern) =>
    [...value.matchAll(pattern)].some(([, password = ""]) => canBeSecret(password)),
  );
}

/** Forms of keys and tokens that secretlint's rules do not know, or only in files of their own. */
const tokens: readonly (readonly [what: string, form: RegExp])[] = [
  ["an AWS access key id", /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/],
  ["a private key", /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----/],
  ["a JSON Web Token", /\beyJ[\w-]{8,2048}\.eyJ[\w-]{8,8192}\.[\w-]{8,}/],
  ["a Stripe key", /\b[sr]k_(?:live|test)_[A-Za-z\d]{16,}/],
  ["a Google API key", /\bAIza[\w-]{35}\b/],
  ["a GitLab token", /\bgl(?:pat|dt|rt|ptt|cbt|agent|ft)-[\w-]{20,}/],
  ["a SendGrid key", /\bSG\.[\w-]{16,32}\.[\w-]{32,64}\b/],
  ["an npm token", /\bnpm_[A-Za-z\d]{36}\b/],
  ["a HashiCorp Vault token", /\bhv[sbr]\.[\w-]{24,}|^s\.[A-Za-z\d]{24}$/],
  ["a Twilio key", /\bSK[\da-f]{32}\b/],
  ["a Mailgun key", /\bkey-[\da-f]{32}\b/],
  ["a New Relic key", /\b(?:NRAK-[A-Z\d]{27}|[\da-f]{36}NRAL)\b/],
  ["a DigitalOcean token", /\bdo[opr]_v1_[\da-f]{64}\b/],
  ["a GitHub token", /\bgithub_pat_\w{30,}/],
  ["a Discord webhook", /\bdiscord(?:app)?\.com\/api\/webhooks\/\d{17,20}\/[\w-]{60,}/],
  ["a Telegram bot's token", /\b\d{8,10}:AA[\w-]{33}\b/],
  ["a Mailchimp key", /\b[\da-f]{32}-us\d{1,2}\b/],
  ["credentials of a container registry", /"auth\\?"\s*:\s*\\?"[A-Za-z\d+/]{8,}={0,2}\\?"/],
  ["a Cloudflare tunnel's token", /\beyJhIjoi[\w-]{80,}={0,2}/],
];

/** What kind of key or token the text has; `undefined` if none that has a form of its own. */
export function tokenIn(value: string): string | undefined {
  return tokens.find(([, form]) => form.test(value))?.[0];
}

/** Names of what is random and no secret. */
const harmless = new Set(
  "arn bucket build checksum commit contract digest dns domain endpoint etag fingerprint git gpg hash head host hostname id image ids integrity name names pgp public publishable ref release rev revision sha sha1 sha256 site subnet tag topic url uri version".split(
    " ",
  ),
);

/** Public values that are as random as a key: a publishable key of Stripe, an integrity, an address of a chain. */
const publicForm = /^(?:pk_(?:live|test)_\w+|sha\d{3}[-:].+|0x[\da-f]{40})$/i;

/** True if a value under that name is as random as a key: letters and digits mixed, or many hexadecimal digits. */
export function looksRandom(name: string | undefined, value: string): boolean {
  if (name !== undefined && wordsOf(name).some((word) => harmless.has(word))) return false;
  const text = value.trim();
  return canBeSecret(value) && !publicForm.test(text) && isRandom(text);
}

function isRandom(text: string): boolean {
  if (/^[\da-f]{32,512}$/i.test(text)) return /\d/.test(text) && /[a-f]/i.test(text) && bitsPerCharacter(text) > 3;
  // A run without separators: names of things have words and hyphens.
  if (!/^[\w+/=-]{20,512}$/.test(text) || !/[A-Za-z\d+/]{20}/.test(text)) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/].filter((kind) => kind.test(text)).length;
  const isMixed = kinds === 3 && bitsPerCharacter(text) > 3.7 && changes(text) > 0.3;
  return (isMixed && lettersOfWord(text) < 3) || isLettersAndDigits(text);
}

/** Letters of one case and digits all through. */
function isLettersAndDigits(text: string): boolean {
  const isRun = /^(?:[a-z\d]{24,512}|[A-Z\d]{24,512})$/.test(text) && (text.match(/\d/g) ?? []).length >= 3;
  return isRun && bitsPerCharacter(text) > 3.5 && changes(text) > 0.2;
}

/** Characters of what looks like a word or a number: names in camel case have real ones. */
function lettersOfWord(text: string): number {
  const words = text.match(/[A-Z]?[a-z]+|[A-Z]+|\d+/g) ?? [];
  return words.join("").length / Math.max(words.length, 1);
}

/** Shannon's entropy of the characters. */
function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((bits, count) => bits - (count / text.length) * Math.log2(count / text.length), 0);
}

/** How often a character is of another kind than the one before it; words in camel case change seldom. */
function changes(text: string): number {
  const kind = (character: string) => (/[a-z]/.test(character) ? 0 : /[A-Z]/.test(character) ? 1 : 2);
  let changed = 0;
  for (let index = 1; index < text.length; index++) {
    if (kind(text[index] ?? "") !== kind(text[index - 1] ?? "")) changed++;
  }
  return changed / text.length;
}
