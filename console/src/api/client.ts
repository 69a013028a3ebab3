import { jsonError } from "./json.ts";
import { post } from "./post.ts";
import { queryBody } from "./query.ts";
import { protocols, type ServiceName, type Services } from "./services.ts";
import { type Credentials, signedHeaders } from "./signed.ts";
import type { Input, OperationName, Output } from "./wire.ts";
import { browserParse, readXml, type XmlElement, xmlError } from "./xml.ts";

/** Calls one operation of AWS, as the CLI would: `api.call("ecs", "DescribeTasks", { tasks })`. Rejects with an `ApiError`. */
export interface Api {
  readonly region: string;
  call<Service extends ServiceName, Name extends OperationName<Services[Service]>>(
    service: Service,
    operation: Name,
    input: Input<Services[Service], Name>,
    options?: CallOptions,
  ): Promise<Output<Services[Service], Name>>;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Further headers, lower case, as Sealift's extensions of AWS's operations have them. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Gets the headers of an answer that is no error, where Sealift's extensions say something. */
  readonly onHeaders?: (headers: Headers) => void;
}

export interface ApiOptions {
  readonly region: string;
  /** Asked for each call, so that credentials may be renewed meanwhile. */
  credentials(): Credentials;
  /** The origin that is called: the page's own. */
  readonly origin?: string;
  readonly fetch?: typeof fetch;
  readonly parseXml?: (text: string) => XmlElement;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** Milliseconds that a clock may differ before calls are signed by the server's clock. AWS allows five minutes. */
const mostSkew = 60_000;

export function createApi(options: ApiOptions): Api {
  const { region, parseXml = browserParse, now = Date.now } = options;
  const origin = new URL(options.origin ?? location.origin);
  let skew = 0;

  async function attempt(service: ServiceName, operation: string, input: object, call: CallOptions) {
    const { signal } = call;
    const protocol = protocols[service];
    const body = protocol.kind === "json" ? JSON.stringify(input) : queryBody(operation, protocol.version, input);
    const usual: Record<string, string> =
      protocol.kind === "json"
        ? { "content-type": "application/x-amz-json-1.1", "x-amz-target": `${protocol.targetPrefix}.${operation}` }
        : { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
    const headers = { ...usual, ...call.headers };
    const credentials = options.credentials();
    const at = new Date(now() + skew);
    const signed = await signedHeaders({ origin, path: "/", service, region, credentials, headers, body, at });
    return { ...(await post(new URL("/", origin), { headers: signed, body, signal, fetch: options.fetch })), at };
  }

  /** True if the call was signed at a time that is not the server's, so that it may succeed when it is signed anew. */
  function isSkewed(answer: Response, at: Date): boolean {
    const theirs = Date.parse(answer.headers.get("date") ?? "");
    if (Number.isNaN(theirs) || Math.abs(theirs - at.getTime()) < mostSkew) return false;
    skew = theirs - now();
    return true;
  }

  return {
    region,
    async call(service, operation, input, callOptions = {}) {
      const whole = withToken(service, operation, input as object);
      let attempted = await attempt(service, operation, whole, callOptions);
      if (attempted.answer.status === 403 && isSkewed(attempted.answer, attempted.at)) {
        attempted = await attempt(service, operation, whole, callOptions);
      }
      const { answer, text } = attempted;
      const isJson = protocols[service].kind === "json";
      if (answer.ok) callOptions.onHeaders?.(answer.headers);
      if (answer.ok) return (isJson ? JSON.parse(text || "{}") : readXml(text, parseXml)) as never;
      const about = {
        status: answer.status,
        operation: `${service}:${operation}`,
        requestId: answer.headers.get("x-amzn-requestid") ?? undefined,
      };
      throw isJson ? jsonError(text, about) : xmlError(text, parseXml, about);
    },
  };
}

/**
 * The members that take a token of their caller, which the SDK makes too: the call that is sent again makes no second version, task
 * or service.
 */
const tokenMembers: Partial<Record<ServiceName, Readonly<Record<string, string>>>> = {
  secretsmanager: {
    CreateSecret: "ClientRequestToken",
    PutSecretValue: "ClientRequestToken",
    RotateSecret: "ClientRequestToken",
    UpdateSecret: "ClientRequestToken",
  },
  ecs: { RunTask: "clientToken", CreateService: "clientToken" },
};

function withToken(service: ServiceName, operation: string, input: object): object {
  const member = tokenMembers[service]?.[operation];
  return member === undefined ? input : { [member]: randomUuid(), ...input };
}

/** `crypto.randomUUID` is missing on plain `http` outside localhost. */
function randomUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
