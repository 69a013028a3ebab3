import type { Parameter, SecretSource } from "../../agent/secrets/index.ts";
import { defined } from "../../defined.ts";
import type { ApiError } from "../../model/api-error.ts";
import type { AccessDecision } from "../../model/call.ts";
import type { Unseen } from "../account/account.ts";
import type { DryOutcome, DrySession } from "../dry-run/session.ts";
import { sdkError } from "./tools.ts";

/** What the agent reads secrets from, where nothing is read. It notes how its calls ended. */
export interface DrySource extends SecretSource {
  readonly failures: readonly { readonly error: ApiError; readonly denied?: AccessDecision }[];
  readonly unseen: readonly Unseen[];
  /** The secret string of the last answer: a placeholder where values are not read. */
  readonly text: string | undefined;
}

interface Answer {
  readonly SecretString?: string;
  readonly SecretBinary?: Uint8Array;
  readonly Parameters?: readonly AnsweredParameter[];
  readonly InvalidParameters?: readonly string[];
  readonly NextToken?: string;
}

interface AnsweredParameter {
  readonly Name?: string;
  readonly Value?: string;
  readonly ARN?: string;
  readonly Selector?: string;
}

/** `placeholder` is the answer of a call whose outcome nobody can know. */
export function drySource(session: DrySession, placeholder: string): DrySource {
  const failures: { error: ApiError; denied?: AccessDecision }[] = [];
  const unseen: Unseen[] = [];
  let text: string | undefined;

  function answerOf(result: DryOutcome<Answer>): Answer | undefined {
    if (result.outcome === "ok") return result.output;
    if (result.outcome === "unknown") {
      unseen.push(result.unseen);
      return undefined;
    }
    failures.push(result);
    throw sdkError(result.error);
  }

  return {
    failures,
    unseen,
    get text() {
      return text;
    },
    async getSecretValue(region, { secretId, versionStage, versionId }) {
      const input = defined({ SecretId: secretId, VersionStage: versionStage, VersionId: versionId });
      const answer = answerOf(await session.run<Answer>("secretsmanager", "GetSecretValue", region, input));
      text = answer ? answer.SecretString : placeholder;
      return defined({ secretString: text, secretBinary: answer?.SecretBinary });
    },
    async getParametersByPath(region, path) {
      const all: Parameter[] = [];
      for (let NextToken: string | undefined; ; ) {
        const input = defined({ Path: path, Recursive: true, WithDecryption: true, MaxResults: 10, NextToken });
        const answer = answerOf(await session.run<Answer>("ssm", "GetParametersByPath", region, input));
        all.push(...(answer?.Parameters ?? []).map(toParameter));
        NextToken = answer?.NextToken;
        if (!NextToken) return all;
      }
    },
    async getParameters(region, names) {
      const input = { Names: [...names], WithDecryption: true };
      const answer = answerOf(await session.run<Answer>("ssm", "GetParameters", region, input));
      if (!answer) return { parameters: names.map((name) => ({ name, value: placeholder })), invalidParameters: [] };
      return {
        parameters: (answer.Parameters ?? []).map(toParameter),
        invalidParameters: answer.InvalidParameters ?? [],
      };
    },
  };
}

function toParameter({ Name = "", Value, ARN, Selector }: AnsweredParameter): Parameter {
  return { name: Name, ...defined({ value: Value, arn: ARN, selector: Selector }) };
}
