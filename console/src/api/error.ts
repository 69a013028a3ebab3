/** An error that the API answered. Its message is shown as text, never as markup. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: string;
  readonly status: number;
  /** `ecs:DescribeTasks` */
  readonly operation: string;
  readonly requestId: string | undefined;

  constructor(
    code: string,
    message: string,
    about: { readonly status: number; readonly operation: string; readonly requestId?: string | undefined },
  ) {
    super(message);
    this.code = code;
    this.status = about.status;
    this.operation = about.operation;
    this.requestId = about.requestId;
  }
}

/** No answer came: the Sealift is gone, or the network is. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

const denials = new Set(["AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "NotAuthorized"]);

export function isDenial(error: unknown): error is ApiError {
  return error instanceof ApiError && denials.has(error.code);
}

/** For `catch`: what a caller may not read is `instead`; any other failure stays one. */
export function ifDenied<T>(instead: T): (error: unknown) => T {
  return (error) => {
    if (isDenial(error)) return instead;
    throw error;
  };
}

/** True if the API says that something is not there, in any service's words. */
export function isNotFound(error: unknown): error is ApiError {
  return (
    error instanceof ApiError &&
    (/NotFound|NoSuchEntity|^ParameterVersionNotFound/.test(error.code) ||
      (error.code === "ClientException" && /does not exist|Unable to describe/i.test(error.message)))
  );
}

/** True if the session is over, so that no call can succeed before a new sign-in. */
export function isExpired(error: unknown): error is ApiError {
  return (
    error instanceof ApiError &&
    ["ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId", "UnrecognizedClientException"].includes(
      error.code,
    )
  );
}

/** True for what may succeed when it is asked again. */
export function isTransient(error: unknown): boolean {
  return (
    error instanceof Unreachable ||
    (error instanceof ApiError && (error.status >= 500 || /Throttl|TooMany/.test(error.code)))
  );
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
