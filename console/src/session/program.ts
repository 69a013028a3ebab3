import type { Wish } from "./authorize.ts";
import { clientId } from "./token.ts";

/** What a program such as `aws login` asks for, as the server's `GET /v1/authorize` hands it to the console. */
export interface ProgramWish extends Wish {
  readonly state: string;
}

/** Reads the query of `/console/sign-in`; undefined if a part is missing. The server checks each part again. */
export function programWish(search: string): ProgramWish | undefined {
  const given = new URLSearchParams(search);
  const wanted = given.get("client_id");
  const redirectUri = given.get("redirect_uri");
  const codeChallenge = given.get("code_challenge");
  if (!wanted || !redirectUri || !codeChallenge) return undefined;
  return { clientId: wanted, redirectUri, codeChallenge, state: given.get("state") ?? "" };
}

/** True if the program listens on this machine and takes the code itself; otherwise its reader types the code. */
export function takesCodeItself({ clientId: wanted, redirectUri }: ProgramWish): boolean {
  return wanted === clientId && isLoopback(redirectUri);
}

/** The program's address with its code. Only an address of this machine: the code is worth a session. */
export function addressWithCode({ redirectUri, state }: ProgramWish, code: string): string {
  if (!isLoopback(redirectUri)) throw new Error("A code goes to this machine only");
  const address = new URL(redirectUri);
  address.searchParams.set("code", code);
  address.searchParams.set("state", state);
  return address.href;
}

function isLoopback(uri: string): boolean {
  if (!URL.canParse(uri)) return false;
  const { protocol, hostname } = new URL(uri);
  return protocol === "http:" && ["127.0.0.1", "localhost", "[::1]"].includes(hostname);
}
