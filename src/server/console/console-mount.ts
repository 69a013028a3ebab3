import type { HttpRequest, HttpResponse, Mount } from "../http/mounts.ts";
import { type ConsoleFile, type ConsoleFiles, consoleBuild, consoleFiles, consoleFolder } from "./files.ts";
import { pageHeaders } from "./page-headers.ts";

export interface ConsoleMountOptions {
  /** The operator's address of this installation, whose WebSockets pages may open too. */
  readonly publicUrl: string | undefined;
  /** Where the console is built. */
  readonly folder?: string;
  /** Gets the failures that the client does not see. */
  onError(error: unknown): void;
}

export const consolePath = "/console";

/** Seconds for which a file may be kept whose name has a hash. */
const year = 365 * 24 * 60 * 60;

/** The console's files below `/console/`. Every other path there is one of the console's pages: all are one file. */
export function consoleMount(options: ConsoleMountOptions): Mount {
  const { folder = consoleFolder } = options;
  let listed: { readonly build: string | undefined; readonly files: ConsoleFiles | undefined } | undefined;
  /** With a request, not at the start: a server whose console nobody opens reads none of it, and one that is built anew is found. */
  async function filesNow(): Promise<ConsoleFiles | undefined> {
    const build = await consoleBuild(folder);
    if (!listed || listed.build !== build) listed = { build, files: consoleFiles(folder) };
    return listed.files;
  }
  const headers = pageHeaders(options.publicUrl);

  async function answer(request: HttpRequest): Promise<HttpResponse> {
    const { method, path } = request;
    if (path !== consolePath && !path.startsWith(`${consolePath}/`)) return plain(404, "Not found");
    if (method !== "GET" && method !== "HEAD") return plain(405, "Not allowed", { allow: "GET, HEAD" });
    if (path === consolePath) return { status: 308, headers: { ...headers, location: `${consolePath}/` }, body: "" };
    const files = await filesNow();
    if (!files) return plain(503, "The console is not built. Run `npm run console` in Sealift's folder, then reload.");
    const name = path.slice(consolePath.length + 1);
    const file = files.get(name);
    if (file && name !== "index.html") return served(file, request);
    // A file of an older or newer build: the page must not come in its place.
    if (name.startsWith("assets/")) return plain(404, "Not found");
    const page = files.get("index.html");
    return page ? served(page, request) : plain(404, "Not found");
  }

  async function served(file: ConsoleFile, { headers: asked }: HttpRequest): Promise<HttpResponse> {
    const coding = file.codings.find((coding) => accepts(asked["accept-encoding"], coding));
    const etag = `"${file.etag}${coding === undefined ? "" : `-${coding}`}"`;
    const common = {
      ...headers,
      etag,
      vary: "accept-encoding",
      "cache-control": file.isHashed ? `public, max-age=${year}, immutable` : "no-store",
    };
    if (matches(asked["if-none-match"], etag)) return { status: 304, headers: common, body: "" };
    const body = await file.read(coding);
    const told = { ...common, "content-type": file.type, ...(coding !== undefined && { "content-encoding": coding }) };
    return { status: 200, headers: told, body };
  }

  function plain(status: number, message: string, more: Readonly<Record<string, string>> = {}): HttpResponse {
    const type = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };
    return { status, headers: { ...headers, ...type, ...more }, body: `${message}\n` };
  }

  return {
    prefix: consolePath,
    largestBody: 0,
    patience: 10_000,
    async handle(request) {
      try {
        return await answer(request);
      } catch (error) {
        options.onError(error);
        return plain(500, "The console cannot be read");
      }
    },
  };
}

/** A coding with a quality of 0 is refused. */
function accepts(header: string | undefined, coding: string): boolean {
  return (header ?? "").split(",").some((one) => {
    const [name = "", ...parameters] = one
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    return name === coding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}

function matches(header: string | undefined, etag: string): boolean {
  return (header ?? "").split(",").some((one) => one.trim().replace(/^W\//, "") === etag || one.trim() === "*");
}
