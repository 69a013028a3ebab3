import { type Service, type ServiceDescriptor, serve } from "../../front-door/service.ts";
import { jsonProtocol } from "../../wire/json-protocol.ts";
import { sealedColumns } from "./accounts/records.ts";
import type { Organizations } from "./context.ts";

/** https://docs.aws.amazon.com/organizations/latest/APIReference/ */
export const organizations = {
  name: "organizations",
  title: "Organizations",
  client: "@aws-sdk/client-organizations",
  model: "organizations",
  signingName: "organizations",
  targetPrefix: "AWSOrganizationsV20161128",
  protocol: jsonProtocol("Message"),
  violation: { code: "InvalidInputException", status: 400 },
  load: () => import("./operations.ts"),
  tables: ["accounts", "account_requests"],
  sealedColumns,
} satisfies ServiceDescriptor<Organizations>;

export function organizationsService(context: Organizations): Service {
  return serve(organizations, context);
}
