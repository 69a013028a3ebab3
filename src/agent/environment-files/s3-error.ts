/** Why an object could not be read. */
export class S3Error extends Error {
  /** Its code, such as `AccessDenied`; absent where no answer came. */
  readonly code: string | undefined;
  readonly status: number;
  /** The Region that the answer names. */
  readonly region: string | undefined;
  readonly requestId: string;
  readonly hostId: string;

  constructor(
    message: string,
    fields: Partial<Pick<S3Error, "code" | "status" | "region" | "requestId" | "hostId">> = {},
  ) {
    super(message);
    this.code = fields.code;
    this.status = fields.status ?? 0;
    this.region = fields.region;
    this.requestId = fields.requestId ?? "";
    this.hostId = fields.hostId ?? "";
  }
}

/** The codes that the model of GetObject gives a type of their own. */
const modelled = ["NoSuchKey", "InvalidObjectState"];

/** The text that AWS's SDK for Go v2 gives the same failure of a GetObject after so many attempts. */
export function s3ErrorText(error: S3Error, attempts: number): string {
  const { code, status, message } = error;
  return [
    "operation error S3: GetObject",
    ...(attempts >= maximumAttempts && isTransient(error) ? [`exceeded maximum number of attempts, ${attempts}`] : []),
    `https response error StatusCode: ${status}`,
    `RequestID: ${error.requestId}`,
    `HostID: ${error.hostId}`,
    code === undefined ? message : `${modelled.includes(code) ? "" : "api error "}${code}: ${message}`,
  ].join(", ");
}

export const maximumAttempts = 3;

const throttled = /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|RequestTimeout|PriorRequestNotComplete/;

/** The same request may work a little later: no answer, a failure of the service, too many requests. */
export function isTransient({ code, status }: S3Error): boolean {
  return status === 0 || status >= 500 || status === 429 || (code !== undefined && throttled.test(code));
}

/** The error that S3 answered with. Of the answer's text only its code, message and Region are taken. */
export function s3ErrorOf(
  status: number,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  body: string,
): S3Error {
  const header = (name: string) => String(headers[name] ?? "");
  const element = (name: string) => unescaped(new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1]);
  const code = element("Code") ?? (status === 404 ? "NotFound" : "UnknownError");
  const region = header("x-amz-bucket-region") || element("Region");
  const fields = { code, status, region, requestId: header("x-amz-request-id"), hostId: header("x-amz-id-2") };
  return new S3Error(element("Message") ?? "", fields);
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescaped(text: string | undefined): string | undefined {
  return text?.replace(/&(amp|lt|gt|quot|apos);/g, (whole, name: string) => entities[name] ?? whole);
}
