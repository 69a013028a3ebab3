import { isDeepStrictEqual } from "node:util";
import type { Kysely } from "kysely";
import type { Database } from "../../../storage/database.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import { findUnchanged } from "../repositories/records.ts";
import { isImmutable, type Repository } from "../repositories/repository.ts";
import { type Image, type ImageId, isNamed } from "./image.ts";
import type { Manifest } from "./manifest.ts";

type Put = "put" | "same" | "immutable tag" | "outrun";

/** What became of an image that was to be removed. `digest` is set where its last name is gone, and so the image. */
type Removal =
  | { readonly removed: readonly ImageId[]; readonly digest: string | undefined }
  | { readonly lists: readonly string[] }
  | "not found"
  | "outrun";

/** The SQL of images. */
export function imageRecords(database: Database) {
  return {
    /** In the order of their digests. */
    list: ({ id }: Pick<Repository, "id">) => listRows(database.db, id),

    /** Records a pushed manifest, and gives it the tag. */
    put(found: Repository, manifest: Manifest, tag: string | undefined, now: Date): Promise<Put> {
      return database.transaction(async (db): Promise<Put> => {
        const repository = await findUnchanged(db, found);
        if (!repository) return "outrun";
        const { id } = repository;
        const images = await listRows(db, id);
        const known = images.find(({ digest }) => digest === manifest.digest);
        const isSame = known !== undefined && (tag === undefined || known.tags.includes(tag));
        if (isSame) return "same";
        const isTaken = tag !== undefined && images.some(({ tags }) => tags.includes(tag));
        if (isTaken && isImmutable(repository, tag)) return "immutable tag";
        if (!known)
          await db
            .insertInto("ecr_images")
            .values(toRow(id, manifest, now))
            .execute();
        if (tag !== undefined) await moveTag(db, id, tag, manifest.digest);
        return "put";
      });
    },

    /**
     * Takes the tag that `named` has, and deletes the image where that was its last; without a tag it deletes the image. An image
     * that a list of images needs stays, and so does one that has other tags than `tags`, if these are given.
     */
    remove(found: Repository, named: ImageId, tags?: readonly string[]): Promise<Removal> {
      return database.transaction(async (db): Promise<Removal> => {
        const repository = await findUnchanged(db, found);
        if (!repository) return "outrun";
        const { id } = repository;
        const images = await listRows(db, id);
        const image = images.find((one) => isNamed(one, named));
        if (!image) return "not found";
        const { digest } = image;
        if (tags !== undefined && !isDeepStrictEqual(image.tags, tags)) return "outrun";
        const removed = named.tag === undefined ? image.tags : [named.tag];
        const isLast = removed.length === image.tags.length;
        const lists = images.filter(({ children }) => children.includes(digest)).map((list) => list.digest);
        if (isLast && lists.length > 0) return { lists };
        for (const tag of removed) {
          await db.deleteFrom("ecr_image_tags").where("repository_id", "=", id).where("tag", "=", tag).execute();
        }
        if (isLast)
          await db.deleteFrom("ecr_images").where("repository_id", "=", id).where("digest", "=", digest).execute();
        const ids = removed.length > 0 ? removed.map((tag) => ({ digest, tag })) : [{ digest }];
        return { removed: ids, digest: isLast ? digest : undefined };
      });
    },

    async notePull({ id }: Pick<Repository, "id">, digest: string, now: Date): Promise<void> {
      await database.db
        .updateTable("ecr_images")
        .set({ pulled_at: now.getTime() })
        .where("repository_id", "=", id)
        .where("digest", "=", digest)
        .execute();
    },
  };
}

async function moveTag(db: Kysely<Tables>, id: string, tag: string, digest: string): Promise<void> {
  await db
    .insertInto("ecr_image_tags")
    .values({ repository_id: id, tag, digest })
    .onConflict((conflict) => conflict.columns(["repository_id", "tag"]).doUpdateSet({ digest }))
    .execute();
}

async function listRows(db: Kysely<Tables>, id: string): Promise<Image[]> {
  const of = db.selectFrom("ecr_images").selectAll().where("repository_id", "=", id).orderBy("digest");
  const rows = await of.execute();
  const tags = await db
    .selectFrom("ecr_image_tags")
    .select(["tag", "digest"])
    .where("repository_id", "=", id)
    .orderBy("tag")
    .execute();
  const tagsOf = Map.groupBy(tags, ({ digest }) => digest);
  return rows.map((row) => ({
    digest: row.digest,
    mediaType: row.media_type,
    artifactMediaType: row.artifact_media_type ?? undefined,
    size: row.size ?? undefined,
    children: JSON.parse(row.children),
    pushedAt: new Date(row.pushed_at),
    pulledAt: row.pulled_at === null ? undefined : new Date(row.pulled_at),
    tags: (tagsOf.get(row.digest) ?? []).map(({ tag }) => tag),
  }));
}

function toRow(id: string, manifest: Manifest, now: Date) {
  return {
    repository_id: id,
    digest: manifest.digest,
    media_type: manifest.mediaType,
    artifact_media_type: manifest.artifactMediaType ?? null,
    size: manifest.size ?? null,
    children: JSON.stringify(manifest.children),
    pushed_at: now.getTime(),
    pulled_at: null,
  };
}
