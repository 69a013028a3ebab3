import { NoSuchEntityException$ } from "@aws-sdk/client-iam";
import type { Ids } from "../../../../ids.ts";
import { ApiError } from "../../../../model/api-error.ts";
import type { User } from "../../entities/entity.ts";

/** A user's credential for one service, without its password: no service here takes it, so that none is kept. */
export interface ServiceCredential {
  /** `ACCA…`. */
  readonly id: string;
  /** `codecommit.amazonaws.com`. */
  readonly service: string;
  /** The name, or alias, by which the service knows the user: `bob-at-111122223333`. */
  readonly serviceUserName: string;
  readonly active: boolean;
  readonly createdAt: Date;
  readonly expiresAt: Date | undefined;
}

/** Most credentials of one user for one service: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceSpecificCredential.html */
export const mostOfService = 2;

/** The services that have such credentials; with a prefix those that call them API keys. */
const services: Readonly<Record<string, { readonly secretPrefix?: string }>> = {
  "bedrock.amazonaws.com": { secretPrefix: "ABSK" },
  "cassandra.amazonaws.com": {},
  "codecommit.amazonaws.com": {},
  "logs.amazonaws.com": { secretPrefix: "ACWL" },
};

/** Refuses a service that has no such credentials. */
export function checkService(service: string): void {
  if (Object.hasOwn(services, service)) return;
  throw new ApiError(
    NoSuchEntityException$,
    `No such service ${service} is supported for Service Specific Credentials`,
  );
}

/** Whether the service calls its credentials API keys, which have a secret in place of a password and may expire. */
export function hasApiKeys(service: string): boolean {
  return services[service]?.secretPrefix !== undefined;
}

/** The first name that no other credential of the user for the service has: `bob-at-…`, then `bob+1-at-…`. */
export function newServiceUserName(
  { name, account }: Pick<User, "name" | "account">,
  others: readonly ServiceCredential[],
): string {
  const taken = others.map(({ serviceUserName }) => serviceUserName);
  for (let number = 0; ; number++) {
    const free = `${name}${number === 0 ? "" : `+${number}`}-at-${account}`;
    if (!taken.includes(free)) return free;
  }
}

/** A password of 60 characters or, for an API key, a secret that holds the alias. Both have 352 random bits. */
export function newServicePassword({ service, serviceUserName }: ServiceCredential, ids: Ids): string {
  const password = Buffer.from(ids.hex(44), "hex").toString("base64");
  const prefix = services[service]?.secretPrefix;
  return prefix === undefined ? password : prefix + Buffer.from(`${serviceUserName}:${password}`).toString("base64");
}
