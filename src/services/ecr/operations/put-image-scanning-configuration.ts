import { PutImageScanningConfigurationCommand } from "@aws-sdk/client-ecr";
import { operation } from "../../../model/operation.ts";
import type { Ecr } from "../context.ts";
import { repositoryAccess } from "../repositories/access.ts";
import { changeRepository } from "../repositories/change.ts";
import { findRepository } from "../repositories/find.ts";

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImageScanningConfiguration.html */
export const putImageScanningConfiguration = operation(PutImageScanningConfigurationCommand)({
  find: (input, call, context: Ecr) => findRepository(context, call, input.repositoryName, input.registryId),
  access: (found, _input, call) => repositoryAccess(found, call),

  async run(found, input, context) {
    const { scanOnPush = false } = input.imageScanningConfiguration;
    const { account, name } = await changeRepository(context, found, (now) => ({ ...now, scanOnPush }));
    return { registryId: account, repositoryName: name, imageScanningConfiguration: { scanOnPush } };
  },
});
