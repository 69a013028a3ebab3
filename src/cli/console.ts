import { randomIds } from "../ids.ts";
import { ConfigError, dataDirectory } from "../server/config.ts";
import { consoleLink } from "../server/signin/console-link.ts";
import { challengeOf, consoleUri, newToken, sameDevice } from "../services/signin/index.ts";
import { credentialsOf } from "./credentials.ts";
import { runningInstallation } from "./installation.ts";
import { signedPost } from "./signed-post.ts";

export interface ConsoleFlags {
  readonly data?: string;
  readonly endpoint?: string;
  readonly region?: string;
}

/** Prints a link that signs in to the console, once, as whoever calls. */
export async function printConsoleLink({ endpoint, region = "us-east-1", ...flags }: ConsoleFlags): Promise<void> {
  const installation = endpoint === undefined ? runningInstallation(dataDirectory(flags, process.env)) : undefined;
  const at = installation ?? { endpoint: checked(endpoint ?? ""), region, credentials: await credentialsOf(region) };
  const verifier = newToken(randomIds);
  const wish = { clientId: sameDevice, redirectUri: consoleUri, codeChallengeMethod: "SHA-256" };
  const posted = signedPost(at, "signin", "/v1/authorize", { ...wish, codeChallenge: challengeOf(verifier) });
  const { status, body } = await (installation?.reached(posted) ?? posted);
  if (status !== 200) throw new ConfigError(`Cannot sign in: ${messageIn(body)}`);
  const { code } = JSON.parse(body) as { code: string };
  process.stdout.write(`${consoleLink(at.endpoint, { code, verifier })}\n`);
  process.stderr.write("Good once, within ten minutes; it signs in whoever opens it\n");
}

function checked(endpoint: string): string {
  if (/^https?:\/\//.test(endpoint) && URL.canParse(endpoint)) return endpoint;
  throw new ConfigError(`Cannot use endpoint "${endpoint}": it must be a URL such as http://192.0.2.1:4566`);
}

function messageIn(body: string): string {
  try {
    return String(JSON.parse(body).message);
  } catch {
    return body.slice(0, 200);
  }
}
