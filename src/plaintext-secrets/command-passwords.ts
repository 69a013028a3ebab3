import { canBeSecret } from "./secret-value.ts";

/** Programs whose flags for passwords do not say so: how a word, or the word after it, holds one. */
const programs: readonly {
  readonly program: RegExp;
  readonly flag: RegExp;
  /** The password in the flag's value; the whole value unless given. */
  readonly within?: RegExp;
}[] = [
  // https://redis.io/docs/latest/develop/tools/cli/
  { program: /^(?:redis|valkey|keydb)-(?:cli|benchmark)$/, flag: /^-a(.*)$/ },
  // https://dev.mysql.com/doc/refman/8.4/en/connection-options.html: nothing stands between the flag and the password.
  { program: /^(?:mysql|mariadb)(?:-?(?:admin|dump|check|import))?$/, flag: /^-p(.+)$/ },
  { program: /^(?:mongo|mongosh|mongodump|mongorestore|sshpass)$/, flag: /^-p(.*)$/ },
  { program: /^cqlsh$/, flag: /^-p(.*)$/ },
  // https://learn.microsoft.com/sql/tools/sqlcmd/sqlcmd-utility, https://mosquitto.org/man/mosquitto_pub-1.html
  { program: /^(?:sqlcmd|bcp|osql|isql|mosquitto_(?:pub|sub|rr))$/, flag: /^-P(.*)$/ },
  { program: /^ldap(?:add|compare|delete|modify|modrdn|passwd|search|whoami)$/, flag: /^-w(.*)$/ },
  { program: /^curl$/, flag: /^(?:-[uU]|--user=?|--proxy-user=?)(.*)$/, within: /^[^:]*:(.+)$/ },
];

/** What stands before a program, and is none. */
const before = /^(?:CMD|CMD-SHELL|exec|sudo|env|time|timeout|\d+s?|[A-Za-z_]\w*=.*)$/;

/** The places of the words of a command that are passwords for the program that it calls. */
export function passwordsOf(words: readonly string[]): readonly number[] {
  const start = words.findIndex((word) => !before.test(word));
  const program = words[start]?.split("/").at(-1) ?? "";
  const found: number[] = [];
  for (const known of programs.filter((one) => one.program.test(program))) {
    for (let index = start + 1; index < words.length; index++) {
      const inline = known.flag.exec(words[index] ?? "")?.[1];
      if (inline === undefined) continue;
      const at = inline === "" ? index + 1 : index;
      const value = inline === "" ? (words[at] ?? "") : inline;
      const password = known.within ? known.within.exec(value)?.[1] : value;
      if (password !== undefined && !value.startsWith("-") && canBeSecret(password)) found.push(at);
    }
  }
  return found;
}

/** True if a command of the shell's script has such a password. */
export function scriptHasPassword(script: string): boolean {
  return script
    .split(/[;&|\n()`]+/)
    .some((command) => passwordsOf((command.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? []).map(unquoted)).length > 0);
}

function unquoted(word: string): string {
  return word.replace(/(["'])(.*?)\1/gs, "$2");
}
