import { ConfigError } from "../server/config.ts";

/** Characters. A shorter one is guessed too soon, however slow each guess is. */
const shortest = 12;

/** Asks for a passphrase on the terminal, without showing it; a new one twice. */
export async function askPassphrase(message: string, times: "once" | "twice" = "once"): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new ConfigError("Cannot ask for the passphrase: this is not a terminal; set SEALIFT_PASSPHRASE instead");
  }
  const passphrase = await ask(message);
  if (times === "twice") {
    if (passphrase.length < shortest) throw new ConfigError(`Use a passphrase of at least ${shortest} characters`);
    if ((await ask("Once more")) !== passphrase) throw new ConfigError("The two passphrases are not the same");
  }
  return passphrase;
}

async function ask(message: string): Promise<string> {
  // Loaded here because few starts ask.
  const { isCancel, password } = await import("@clack/prompts");
  const answer = await password({ message, output: process.stderr });
  if (isCancel(answer) || !answer) throw new ConfigError("No passphrase was given");
  return answer;
}
