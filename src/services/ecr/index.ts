export { type AskedRegistry, registryTokens } from "./authorization/token.ts";
export type { Ecr, Registry, RegistryAnswer, RegistryRequest } from "./context.ts";
export { dropOldUploads } from "./layers/drop.ts";
export { layerLinksPath } from "./layers/link.ts";
export type { Upload, UploadName } from "./layers/uploads.ts";
export { applyLifecyclePolicies } from "./lifecycle/apply.ts";
export type { Repository } from "./repositories/repository.ts";
export { ecrService } from "./service.ts";
export { ecrStore } from "./store.ts";

/** The uploads of layers. The code is loaded with the first. */
export async function layerUploads() {
  return (await import("./layers/uploads.ts")).uploads;
}
