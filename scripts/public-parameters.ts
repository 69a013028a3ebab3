/**
 * Rewrites the snapshot of AWS's public parameters: `node scripts/public-parameters.ts <folder>`, where the folder is
 * `moto/ssm/resources` of an installed moto (Apache-2.0), whose files record what AWS answered.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type ImageGroup, regionDigits, type Snapshot } from "../src/services/ssm/public/snapshot.ts";

const [folder = ""] = process.argv.slice(2);
const target = join(import.meta.dirname, "../src/services/ssm/public/snapshot.json");

interface Tree {
  readonly [name: string]: Tree;
}
interface Listed {
  readonly Name: string;
  readonly Value: string;
  readonly Version: number;
  readonly LastModifiedDate: number;
}

const read = <T>(path: string) => JSON.parse(gunzipSync(readFileSync(join(folder, path))).toString()) as T;
const textOf = (tree: Tree | undefined) => (tree as { Value?: string } | undefined)?.Value;
const inner = (tree: Tree | undefined) => Object.entries(tree ?? {}).filter(([name]) => name !== "Value");
const at = (tree: Tree | undefined, path: string) =>
  path.split("/").reduce((node: Tree | undefined, name) => node?.[name], tree);
const infrastructure = (path: string, kind: string) =>
  at(read<Tree>(path), `aws/service/global-infrastructure/${kind}`)!;

const regionTrees = infrastructure("regions.json.gz", "regions");
const regions = Object.keys(regionTrees).sort();
let date = 0;

function regionEntries(): Snapshot["regions"] {
  return Object.fromEntries(
    regions.map((region) => {
      const { services: _, ...tree } = regionTrees[region]!;
      const flat = inner(tree).map(([name, node]) => {
        const members = inner(node).map(([zone]) => zone);
        return [name, members.length > 0 ? members.sort() : textOf(node)!] as const;
      });
      return [region, Object.fromEntries(flat)];
    }),
  );
}

function serviceEntries(): Snapshot["services"] {
  const described = infrastructure("services.json.gz", "services");
  const names = new Set([
    ...Object.keys(described),
    ...Object.values(regionTrees).flatMap(({ services = {} }) => Object.keys(services)),
  ]);
  return Object.fromEntries(
    [...names].sort().map((name) => {
      const groups = new Map<string, string>();
      for (const [index, region] of regions.entries()) {
        const entry = at(regionTrees[region], `services/${name}`);
        if (!entry) continue;
        const domain = textOf(at(regionTrees[region], "domain"))!;
        const endpoint = textOf(at(entry, "endpoint"))
          ?.replace(`.${region}.`, ".{region}.")
          .replace(domain, "{domain}");
        const key = JSON.stringify([endpoint ?? null, textOf(at(entry, "protocols")) ?? null]);
        groups.set(key, (groups.get(key) ?? "") + regionDigits[index]);
      }
      const { longName, marketingHomeURL } = described[name] ?? {};
      const offered = [...groups].map(([key, where]) => [...JSON.parse(key), where]);
      return [name, [textOf(longName) ?? null, textOf(marketingHomeURL) ?? null, ...offered]];
    }),
  ) as unknown as Snapshot["services"];
}

function optimizedImages(): Snapshot["optimizedImages"] {
  const byVariant = new Map<string, Map<string, ImageGroup>>();
  for (const file of readdirSync(join(folder, "ecs/optimized_amis")).sort()) {
    const region = file.replace(".json.gz", "");
    const root = at(read<Tree>(`ecs/optimized_amis/${file}`), "aws/service/ecs/optimized-ami")!;
    for (const [variant, node] of recommended(root, "")) {
      const text = textOf(node)! as unknown;
      const { image_id, ...record } = (typeof text === "string" ? JSON.parse(text) : text) as Record<string, string>;
      const group = {
        record,
        parts: inner(node)
          .map(([name]) => name)
          .sort(),
      };
      const key = JSON.stringify(group);
      const groups = byVariant.get(variant) ?? new Map<string, ImageGroup>();
      byVariant.set(variant, groups);
      const found = groups.get(key) ?? { ...group, ids: {} };
      groups.set(key, { ...found, ids: { ...found.ids, [region]: image_id! } });
    }
  }
  return Object.fromEntries([...byVariant].sort().map(([variant, groups]) => [variant, [...groups.values()]]));
}

function* recommended(node: Tree, path: string): Generator<readonly [string, Tree]> {
  for (const [name, child] of inner(node)) {
    const inside = path === "" ? name : `${path}/${name}`;
    if (name === "recommended") yield [inside, child];
    else yield* recommended(child, inside);
  }
}

function linuxImages(): Snapshot["linuxImages"] {
  const images: Record<string, Record<string, readonly [string, number, number]>> = {};
  for (const file of readdirSync(join(folder, "ami-amazon-linux-latest")).sort()) {
    for (const { Name, Value, Version, LastModifiedDate } of read<Listed[]>(`ami-amazon-linux-latest/${file}`)) {
      const name = Name.slice(Name.lastIndexOf("/") + 1);
      date = Math.max(date, LastModifiedDate);
      images[name] = {
        ...images[name],
        [file.replace(".json.gz", "")]: [Value, Version, Math.round(LastModifiedDate)],
      };
    }
  }
  return Object.fromEntries(Object.entries(images).sort());
}

const linux = linuxImages();
const snapshot: Snapshot = {
  date: new Date(date * 1000).toISOString().slice(0, 10),
  source: "AWS's answers, as recorded in moto 5.2.1 (Apache-2.0)",
  regions: regionEntries(),
  services: serviceEntries(),
  optimizedImages: optimizedImages(),
  linuxImages: linux,
};
writeFileSync(target, `${JSON.stringify(snapshot).replaceAll(/,(?="[^"]+":[[{])/g, ",\n")}\n`);
