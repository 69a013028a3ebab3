import { GetRandomPasswordCommand } from "@aws-sdk/client-secrets-manager";
import { operation } from "../../../model/operation.ts";
import type { SecretsManager } from "../context.ts";
import { invalidParameter } from "../errors.ts";
import { hasOneOfEach, passwordAlphabets, passwordPool } from "../secrets/password.ts";

const defaultLength = 32;

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html */
export const getRandomPassword = operation(GetRandomPasswordCommand)({
  access: () => ({ resource: "*" }),
  async run(_found, input, { ids }: SecretsManager) {
    const length = input.PasswordLength ?? defaultLength;
    const rules = {
      excludeCharacters: input.ExcludeCharacters ?? "",
      excludeNumbers: input.ExcludeNumbers ?? false,
      excludePunctuation: input.ExcludePunctuation ?? false,
      excludeUppercase: input.ExcludeUppercase ?? false,
      excludeLowercase: input.ExcludeLowercase ?? false,
      includeSpace: input.IncludeSpace ?? false,
    };
    const pool = passwordPool(rules);
    const required = (input.RequireEachIncludedType ?? true) ? passwordAlphabets(rules) : [];
    if (pool === "") throw invalidParameter("All characters have been excluded from selection.");
    if (required.includes("")) throw invalidParameter("All characters of the desired type have been excluded.");
    if (length < required.length) {
      throw invalidParameter("Password length is too short based on the required types.");
    }
    // Drawn as a whole until it fits: any password that fits is as likely as any other.
    let password: string;
    do password = ids.text(length, pool);
    while (!hasOneOfEach(password, required));
    return { RandomPassword: password };
  },
});
