import type { Command } from "@smithy/types";

/** What the types of the SDK become in a browser that has not got the SDK: seconds since 1970 for times, base64 for bytes. */
export type Wire<T> = T extends Date
  ? number
  : T extends Uint8Array
    ? string
    : T extends (infer Item)[]
      ? Wire<Item>[]
      : T extends object
        ? { [Key in keyof T]: Wire<T[Key]> }
        : T;

// biome-ignore lint/suspicious/noExplicitAny: the SDK's command classes vary in all five
type AnyCommand = abstract new (input: any) => Command<any, any, any, any, any>;

/** A module of the SDK as a type: `typeof import("@aws-sdk/client-ecs")`. Nothing of it is bundled. */
export type OperationName<Sdk> = {
  [Key in keyof Sdk & string]: Sdk[Key] extends AnyCommand
    ? Key extends `${infer Name}Command`
      ? Name
      : never
    : never;
}[keyof Sdk & string];

type CommandOf<Sdk, Name extends string> = Sdk extends { readonly [Key in `${Name}Command`]: infer Class }
  ? Class
  : never;

export type Input<Sdk, Name extends string> =
  CommandOf<Sdk, Name> extends AnyCommand ? Wire<NonNullable<ConstructorParameters<CommandOf<Sdk, Name>>[0]>> : never;

export type Output<Sdk, Name extends string> =
  CommandOf<Sdk, Name> extends AnyCommand
    ? // biome-ignore lint/suspicious/noExplicitAny: only the output is asked for
      InstanceType<CommandOf<Sdk, Name>> extends Command<any, any, any, infer Out, any>
      ? Wire<Omit<Out, "$metadata">>
      : never
    : never;

/** The name of an operation whose answer is not secret: `useCall` keeps those only. */
export type Cacheable<Name extends string> = Exclude<Name, SecretOperation>;

/** Answers of these hold secrets. They are called for one reader, and never kept. */
export type SecretOperation = (typeof secretOperations)[number];

export const secretOperations = [
  "AssumeRole",
  "AssumeRoleWithSAML",
  "AssumeRoleWithWebIdentity",
  "BatchGetSecretValue",
  "CreateAccessKey",
  "CreateServiceSpecificCredential",
  "CreateVirtualMFADevice",
  "Decrypt",
  "ExecuteCommand",
  "GenerateDataKey",
  "GenerateDataKeyPair",
  "GetAuthorizationToken",
  "GetFederationToken",
  "GetRandomPassword",
  "GetSecretValue",
  "GetSessionToken",
  "ResetServiceSpecificCredential",
] as const;
