/** A fault of a request's signature. Such faults are expected on a network, so they are returned and never thrown. */
export interface SignatureProblem {
  readonly kind: SignatureProblemKind;
  /** AWS's wording. It holds no signature, no secret and no session token. */
  readonly message: string;
}

export type SignatureProblemKind =
  | "missing"
  | "incomplete"
  | "scope"
  | "expired"
  | "not-yet-current"
  | "presign-expired"
  | "unknown-key"
  | "mismatch"
  | "expired-token";

export interface SignatureError {
  readonly code: string;
  readonly status: number;
  /** Replaces the problem's message if the two protocols' servers word it differently. */
  readonly message?: string;
}

/** The access key does not exist or is inactive, or the session token is another key's. The authenticator finds this. */
export const unknownKey: SignatureProblem = {
  kind: "unknown-key",
  message: "The security token included in the request is invalid.",
};

/** The session has expired. The authenticator finds this. */
export const expiredToken: SignatureProblem = {
  kind: "expired-token",
  message: "The security token included in the request is expired",
};

export const mismatch: SignatureProblem = {
  kind: "mismatch",
  message:
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
};

const invalid = {
  json: { code: "InvalidSignatureException", status: 400 },
  query: { code: "SignatureDoesNotMatch", status: 403 },
};

/**
 * Maps each kind of problem to its error in each protocol. Codes and statuses are those that the services are seen to
 * answer. https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html lists the Query protocol's.
 */
export const signatureErrors: Readonly<
  Record<SignatureProblemKind, { readonly json: SignatureError; readonly query: SignatureError }>
> = {
  missing: {
    json: { code: "MissingAuthenticationTokenException", status: 400 },
    query: {
      code: "MissingAuthenticationToken",
      status: 403,
      message: "Request is missing Authentication Token",
    },
  },
  incomplete: {
    json: { code: "IncompleteSignatureException", status: 400 },
    query: { code: "IncompleteSignature", status: 400 },
  },
  scope: invalid,
  expired: invalid,
  "not-yet-current": invalid,
  "presign-expired": { json: invalid.json, query: { code: "RequestExpired", status: 400 } },
  "unknown-key": {
    json: { code: "UnrecognizedClientException", status: 400 },
    query: { code: "InvalidClientTokenId", status: 403 },
  },
  mismatch: invalid,
  "expired-token": {
    json: { code: "ExpiredTokenException", status: 400 },
    query: { code: "ExpiredToken", status: 403 },
  },
};
