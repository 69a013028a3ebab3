import type { CurrentVersions, SecretReference } from "../services/ecs/index.ts";
import { currentVersion, type secretsManagerStore } from "../services/secrets-manager/index.ts";
import { currentParameter, currentParametersBelow, type ssmStore } from "../services/ssm/index.ts";
import type { Surroundings } from "../surroundings.ts";

export interface CurrentVersionsOptions extends Pick<Surroundings, "clock"> {
  readonly secretsManager: ReturnType<typeof secretsManagerStore>;
  readonly ssm: ReturnType<typeof ssmStore>;
}

/** What the references of task definitions mean now, asked of the stores themselves: it is nobody's read of a value. */
export function currentVersions({ secretsManager, ssm, clock }: CurrentVersionsOptions): CurrentVersions {
  return async (reference) => {
    const { service, id, selector, isPath } = reference;
    const now = clock.now();
    if (service === "secretsmanager") {
      const isOf = selector && !("label" in selector) ? { id, selector } : { id };
      return listed(await currentVersion(secretsManager, reference, isOf, now));
    }
    if (isPath) return currentParametersBelow(ssm, reference, id, now);
    return listed(await currentParameter(ssm, reference, { name: id, ...selectorOf(reference) }, now));
  };
}

function selectorOf({ selector }: SecretReference): { readonly selector?: number | string } {
  if (!selector || "stage" in selector) return {};
  return { selector: "version" in selector ? Number(selector.version) : selector.label };
}

function listed<T>(one: T | undefined): readonly T[] {
  return one === undefined ? [] : [one];
}
