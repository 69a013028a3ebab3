import type { StaticErrorSchema } from "@smithy/types";

/** An error that is in no service's model, such as `InternalFailure`. */
export interface CommonError {
  readonly code: string;
  readonly status: number;
  /** `false` if the server is at fault. */
  readonly sender?: boolean;
  readonly messageMember?: MessageMember;
}

/** The member of a JSON error's body that has its text. AWS's services do not agree on it. */
export type MessageMember = "message" | "Message";

/** An error that the client gets to see. Operations and the dispatcher throw it, and the protocol encodes it. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  /** The shape's name; the JSON protocol's error code. */
  readonly shape: string;
  /** The Query protocol's error code. */
  readonly queryCode: string;
  readonly jsonStatus: number;
  readonly queryStatus: number;
  readonly restStatus: number;
  readonly sender: boolean;
  /** The JSON protocol's member for the text; the service's usual one if `undefined`. */
  readonly messageMember: MessageMember | undefined;
  /** Members of the error's shape besides its message. */
  readonly members: Readonly<Record<string, unknown>>;

  /** `schema` is the SDK's schema of the error (`ParameterNotFound$`), or a common error's code and status. */
  constructor(
    schema: StaticErrorSchema | CommonError,
    message: string,
    members: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.members = members;
    if (isCommon(schema)) {
      this.shape = this.queryCode = schema.code;
      this.jsonStatus = this.queryStatus = this.restStatus = schema.status;
      this.sender = schema.sender ?? schema.status < 500;
      this.messageMember = schema.messageMember;
    } else {
      const traits = schema[3] as { awsQueryError?: [string, number]; error?: string; httpError?: number };
      this.shape = schema[2];
      this.sender = traits.error !== "server";
      this.messageMember = schema[4].find(isMessageMember);
      this.jsonStatus = this.sender ? 400 : 500;
      this.restStatus = traits.httpError ?? this.jsonStatus;
      this.queryCode = traits.awsQueryError?.[0] ?? schema[2];
      this.queryStatus = traits.httpError ?? traits.awsQueryError?.[1] ?? this.jsonStatus;
    }
  }
}

function isCommon(schema: StaticErrorSchema | CommonError): schema is CommonError {
  return !Array.isArray(schema);
}

function isMessageMember(name: string): name is MessageMember {
  return name === "message" || name === "Message";
}
