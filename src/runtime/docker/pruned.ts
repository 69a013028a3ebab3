import { isMissing } from "./engine-error.ts";

/**
 * Does `work`, and once more where the Engine does not have what it needs: `docker system prune` deletes networks and images that
 * no task uses. `parts` are what is to be made again.
 */
export async function evenIfPruned<T>(parts: readonly { again(): void }[], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isMissing(error)) throw error;
    for (const part of parts) part.again();
    return work();
  }
}
