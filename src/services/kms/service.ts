import { type Service, type ServiceDescriptor, serve } from "../../front-door/service.ts";
import { jsonProtocol } from "../../wire/json-protocol.ts";
import type { Kms } from "./context.ts";
import { sealedColumns } from "./sealed-columns.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/ */
export const kms = {
  name: "kms",
  title: "Key Management Service",
  client: "@aws-sdk/client-kms",
  model: "kms",
  signingName: "kms",
  targetPrefix: "TrentService",
  protocol: jsonProtocol(),
  violation: { code: "ValidationException", status: 400 },
  load: () => import("./operations.ts"),
  tables: ["kms_keys", "kms_key_materials", "kms_aliases", "kms_grants", "kms_key_usages"],
  sealedColumns,
} satisfies ServiceDescriptor<Kms>;

export function kmsService(context: Kms): Service {
  return serve(kms, context);
}
