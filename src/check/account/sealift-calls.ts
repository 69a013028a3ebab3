import { AwsJson1_1Protocol, AwsQueryProtocol } from "@aws-sdk/core/protocols";
import { HttpResponse } from "@smithy/core/protocols";
import { operation } from "@smithy/core/schema";
import { connectTo, type Server } from "../../agent/calls/post.ts";
import { standardRetries } from "../../agent/calls/retries.ts";
import { type SessionCredentials, signRequest } from "../../agent/calls/sign-call.ts";
import type { Clock } from "../../clock.ts";
import { type Calls, schemaOf } from "./calls.ts";

export interface SealiftPlace {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: SessionCredentials;
}

interface Service {
  readonly signingName: string;
  readonly protocol: AwsJson1_1Protocol | AwsQueryProtocol;
}

const makers: Readonly<Record<string, (defaultNamespace: string) => Service>> = {
  "com.amazonaws.iam": query("iam", "2010-05-08"),
  "com.amazonaws.sts": query("sts", "2011-06-15"),
  "com.amazonaws.organizations": json("organizations", "AWSOrganizationsV20161128"),
  "com.amazonaws.ecs": json("ecs", "AmazonEC2ContainerServiceV20141113"),
  "com.amazonaws.secretsmanager": json("secretsmanager", "secretsmanager"),
  "com.amazonaws.ssm": json("ssm", "AmazonSSM"),
  "com.amazonaws.kms": json("kms", "TrentService"),
  "com.amazonaws.ecr": json("ecr", "AmazonEC2ContainerRegistry_V20150921"),
  "com.amazonaws.cloudwatchlogs": json("logs", "Logs_20140328"),
};

function json(signingName: string, serviceTarget: string) {
  return (defaultNamespace: string): Service => ({
    signingName,
    protocol: new AwsJson1_1Protocol({ defaultNamespace, serviceTarget }),
  });
}

function query(signingName: string, version: string) {
  const xmlNamespace = `https://${signingName}.amazonaws.com/doc/${version}/`;
  return (defaultNamespace: string): Service => ({
    signingName,
    protocol: new AwsQueryProtocol({ defaultNamespace, xmlNamespace, version }),
  });
}

/** Milliseconds that an attempt may take. */
const timeout = 60_000;

/** The Sealift is on this machine: more connections take longer to open than they save. */
const connections = 8;

/**
 * Calls of a Sealift whose endpoint and credentials are known, by the SDK's protocols without its clients. To load those takes
 * longer than to check a definition, and a call costs three times as much of the processor.
 */
export function sealiftCalls({ endpoint, region: own, credentials: session }: SealiftPlace, clock: Clock): Calls {
  const services = new Map<string, Service>();
  const retries = standardRetries();
  let connecting: Promise<Server> | undefined;

  function serviceOf(namespace: string): Service {
    const made = services.get(namespace) ?? makers[namespace]?.(namespace);
    if (!made) throw new Error(`Cannot call ${namespace}: src/check/account/sealift-calls.ts does not list it`);
    services.set(namespace, made);
    return made;
  }

  return {
    region: own,
    async send(command, region = own) {
      const [, namespace, name, traits, input, output] = schemaOf(command);
      const schema = operation(namespace, name, traits, input, output);
      const { signingName: service, protocol } = serviceOf(namespace);
      const context = { endpoint: async () => undefined } as never;
      const { body, headers } = await protocol.serializeRequest(schema, command.input, context);
      connecting ??= connectTo(endpoint, connections);
      const { host, path, post } = await connecting;
      return retries(async () => {
        const call = { session, region, service, method: "POST", host, path, headers, body };
        const answer = await post(signRequest(call, clock.now()), body, { timeout });
        const answered = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
        const response = new HttpResponse({
          ...{ statusCode: answer.status, headers: Object.fromEntries(answered), body: answer.body },
        });
        return (await protocol.deserializeResponse(schema, context, response)) as never;
      });
    },
    [Symbol.dispose]() {
      void connecting?.then(
        (server) => server[Symbol.dispose](),
        () => {}, // who called heard
      );
    },
  };
}
