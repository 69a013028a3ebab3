/** An answer of the task endpoint. */
export interface Answer {
  readonly status: number;
  readonly type: "application/json" | "text/plain; charset=utf-8";
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a route is given of a request. */
export interface MetadataRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
  /** Where it comes from, an IPv4 address. */
  readonly from: string;
}

export function json(status: number, value: unknown): Answer {
  return { status, type: "application/json", text: escaped(JSON.stringify(value)) };
}

export function plain(status: number, text: string): Answer {
  return { status, type: "text/plain; charset=utf-8", text };
}

/** AWS's agent writes JSON as Go does, which escapes what could end a script in a web page. */
function escaped(document: string): string {
  return document.replace(/[<>&\u2028\u2029]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
