import { type Service, type ServiceDescriptor, serve } from "../../front-door/service.ts";
import { queryProtocol } from "../../wire/query-protocol.ts";
import type { Sts } from "./context.ts";

/** https://docs.aws.amazon.com/STS/latest/APIReference/ */
export const sts = {
  name: "sts",
  title: "Security Token Service",
  client: "@aws-sdk/client-sts",
  model: "sts",
  signingName: "sts",
  protocol: queryProtocol("https://sts.amazonaws.com/doc/2011-06-15/", "2011-06-15"),
  violation: { code: "ValidationError", status: 400 },
  load: () => import("./operations.ts"),
  tables: [],
  sealedColumns: [],
} satisfies ServiceDescriptor<Sts>;

export function stsService(context: Sts): Service {
  return serve(sts, context);
}
