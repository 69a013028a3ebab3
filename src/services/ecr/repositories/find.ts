import type { Call } from "../../../model/call.ts";
import type { Ecr } from "../context.ts";
import { repositoryNotFound } from "../errors.ts";
import type { FoundRepository, Repository } from "./repository.ts";

/** The repository of a name, in the caller's registry unless `registryId` names another. */
export async function findRepository(
  { store }: Pick<Ecr, "store">,
  { account, region }: Pick<Call, "account" | "region">,
  name: string,
  registryId?: string,
): Promise<FoundRepository> {
  const asked = { account: registryId ?? account, region, name };
  return { asked, repository: await store.repositories.find(asked, name) };
}

export function existingRepository({ asked, repository }: FoundRepository): Repository {
  if (!repository) throw repositoryNotFound(asked);
  return repository;
}
