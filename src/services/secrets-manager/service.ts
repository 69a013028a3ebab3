import { type Service, type ServiceDescriptor, serve } from "../../front-door/service.ts";
import { jsonProtocol } from "../../wire/json-protocol.ts";
import type { SecretsManager } from "./context.ts";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/ */
export const secretsManager = {
  name: "secrets-manager",
  title: "Secrets Manager",
  client: "@aws-sdk/client-secrets-manager",
  model: "secretsmanager",
  signingName: "secretsmanager",
  targetPrefix: "secretsmanager",
  protocol: jsonProtocol("Message"),
  violation: { code: "ValidationException", status: 400 },
  load: () => import("./operations.ts"),
  tables: ["sm_secrets", "sm_versions", "sm_previous_values", "sm_rotations"],
  sealedColumns: [],
} satisfies ServiceDescriptor<SecretsManager>;

export function secretsManagerService(context: SecretsManager): Service {
  return serve(secretsManager, context);
}
