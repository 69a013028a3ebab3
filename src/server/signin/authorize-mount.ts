import type { DispatcherOptions } from "../../front-door/dispatcher.ts";
import { ApiError } from "../../model/api-error.ts";
import { consoleUri, invalidRequest, passwordSignIn, readWish, refused } from "../../services/signin/index.ts";
import type { Protocol } from "../../wire/protocol.ts";
import type { ControlPlane } from "../control-plane.ts";
import type { HttpRequest, HttpResponse, Mount } from "../http/mounts.ts";
import { wireRequest } from "../http/wire-request.ts";
import { authorizeAs } from "./authorize-as.ts";
import { isForeignPage } from "./foreign-page.ts";
import { readPasswordInput, unsignedCall } from "./password-input.ts";

export interface AuthorizeMountOptions {
  readonly plane: ControlPlane;
  readonly authenticate: DispatcherOptions["authenticate"];
  readonly partition: string;
  /** True if there is a page to sign in on. */
  readonly hasConsole: boolean;
}

/** Bytes and milliseconds. */
const limits = { largestBody: 16 * 1024, patience: 10_000 };
const path = "/v1/authorize";

/**
 * The authorization endpoint of Sign-In. A browser that a program sends here is led to the console's page. That page, and who has
 * an access key, get a code for `POST /v1/token`: for a signature, or for a user's name and password.
 */
export function authorizeMount(options: AuthorizeMountOptions): Mount {
  const { plane } = options;
  const { protocol } = plane.service.signin;
  const signIn = passwordSignIn(plane.signin);

  async function authorize(request: HttpRequest): Promise<object> {
    if (isForeignPage(request)) throw refused("INVALID_REQUEST", "A page of another origin may not sign in here");
    if (!/^application\/json\b/.test(request.headers["content-type"] ?? "")) {
      throw invalidRequest("The body must be of the type application/json");
    }
    const body = await request.body.read(limits.largestBody);
    if (typeof body === "string") throw invalidRequest(`The body is ${body}`);
    const members = membersIn(body);
    const wish = readWish({
      clientId: members.clientId,
      redirectUri: members.redirectUri,
      codeChallenge: members.codeChallenge,
      codeChallengeMethod: members.codeChallengeMethod,
    });
    if (request.headers.authorization !== undefined) {
      const identity = await options.authenticate(wireRequest(request, body), plane.service.signin);
      return { code: await authorizeAs(options, request, wish, identity) };
    }
    const call = unsignedCall(options, request);
    const outcome = await signIn(readPasswordInput(members), call);
    if ("challenge" in outcome) return outcome;
    const { region } = call;
    return { code: await authorizeAs(options, request, wish, { identified: outcome, region }) };
  }

  return {
    prefix: path,
    ...limits,
    async handle(request) {
      const { method } = request;
      try {
        if (request.path !== path) return text(404, "Not found");
        if (method === "POST") return json(200, await authorize(request));
        return method === "GET" || method === "HEAD" ? signInPage(request, options) : text(405, "Not allowed");
      } catch (error) {
        return refusal(error, protocol, plane.surroundings.onError, method);
      }
    },
  };
}

/** The console's page with the request that brought the browser here: it has nothing secret. */
function signInPage({ query }: HttpRequest, { hasConsole }: AuthorizeMountOptions): HttpResponse {
  const given = new URLSearchParams(query);
  const { clientId, redirectUri, codeChallenge } = readWish({
    clientId: given.get("client_id"),
    redirectUri: given.get("redirect_uri"),
    codeChallenge: given.get("code_challenge"),
    codeChallengeMethod: given.get("code_challenge_method"),
  });
  if (given.get("response_type") !== "code") throw invalidRequest('response_type must be "code"');
  if (!hasConsole) throw invalidRequest("There is no page to sign in on: this Sealift runs without its console");
  const kept = new URLSearchParams({
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirectUri,
    code_challenge: codeChallenge,
    code_challenge_method: "SHA-256",
    state: (given.get("state") ?? "").slice(0, 1024),
    scope: "openid",
  });
  const location = `${consoleUri}sign-in?${kept}`;
  return {
    status: 302,
    headers: { location, "cache-control": "no-store", "referrer-policy": "no-referrer" },
    body: "",
  };
}

function refusal(error: unknown, protocol: Protocol, onError: (error: unknown) => void, method: string): HttpResponse {
  const known = error instanceof ApiError;
  if (!known) onError(error);
  const failure = known ? error : new ApiError({ code: "InternalFailure", status: 500 }, "");
  if (method !== "POST") return text(failure.restStatus, failure.message);
  const { status, body, headers } = protocol.encodeError(failure, "");
  return { status, headers: { ...noStore, ...headers, "content-type": "application/json" }, body };
}

const noStore = { "cache-control": "no-store" };

function json(status: number, body: object): HttpResponse {
  return { status, headers: { ...noStore, "content-type": "application/json" }, body: JSON.stringify(body) };
}

function text(status: number, message: string): HttpResponse {
  const headers = { ...noStore, "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" };
  return { status, headers, body: `${message}\n` };
}

function membersIn(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(body.toString()));
  } catch {
    throw invalidRequest("The body is no JSON");
  }
}
