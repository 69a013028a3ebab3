import { type Service, type ServiceDescriptor, serve } from "../../front-door/service.ts";
import { jsonProtocol } from "../../wire/json-protocol.ts";
import type { Ecr } from "./context.ts";
import { violationWording } from "./violation-wording.ts";

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/ */
export const ecr = {
  name: "ecr",
  title: "Elastic Container Registry",
  client: "@aws-sdk/client-ecr",
  model: "ecr",
  signingName: "ecr",
  targetPrefix: "AmazonEC2ContainerRegistry_V20150921",
  protocol: jsonProtocol(),
  violation: { code: "InvalidParameterException", status: 400, wording: violationWording },
  load: () => import("./operations.ts"),
  tables: ["ecr_repositories", "ecr_images", "ecr_image_tags", "ecr_lifecycle_previews", "ecr_layer_uploads"],
  sealedColumns: [],
} satisfies ServiceDescriptor<Ecr>;

export function ecrService(context: Ecr): Service {
  return serve(ecr, context);
}
