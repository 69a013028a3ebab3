import type { Ecr } from "../context.ts";
import { outrun } from "../errors.ts";
import { existingRepository } from "./find.ts";
import type { FoundRepository, Repository } from "./repository.ts";

/** Changes a repository, and refuses if policies may decide otherwise on what it has become. */
export async function changeRepository(
  { store }: Pick<Ecr, "store">,
  found: FoundRepository,
  change: (now: Repository) => Repository,
): Promise<Repository> {
  const repository = existingRepository(found);
  const changed = await store.repositories.change(repository, change);
  if (!changed) throw outrun(repository);
  return changed;
}
