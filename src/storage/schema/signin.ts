export interface SigninTables {
  /** What somebody signed in for: a console, or a program such as the aws CLI. */
  signin_sessions: {
    /** UUID. */
    id: string;
    account: string;
    /** JSON: the caller whom the session's credentials stand for. */
    principal: string;
    /** JSON: the credential that was shown for it. */
    origin: string;
    client_id: string;
    redirect_uri: string;
    /** The SHA-256 of the verifier that the code's taker shows, in base64url. */
    code_challenge: string;
    /** When the credentials count as issued: at sign-in, or when the role's session was made that signed in. */
    issued_at: number;
    ends_at: number;
    /** Thumbprint of the key that refresh tokens are bound to; null until the code is taken, and where no key was shown. */
    key_thumbprint: string | null;
  };
  /** Codes and refresh tokens: of each only its hash is known. */
  signin_tokens: {
    /** SHA-256, in hexadecimal. */
    hash: string;
    session_id: string;
    /** `code` or `refresh`. */
    kind: string;
    expires_at: number;
    /** Null until it was used. */
    used_at: number | null;
    /** Id of the proof of possession that it was used with, hashed. */
    used_with: string | null;
  };
  /** Failures to sign in with a password, by user. */
  signin_attempts: {
    /** SHA-256 of account and user name, in hexadecimal: also of users that do not exist. */
    user_key: string;
    failures: number;
    /** No password is looked at before. */
    next_at: number;
  };
}
