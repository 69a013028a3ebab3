import { createHash } from "node:crypto";
import { type ImageGroup, regionDigits, type Snapshot } from "./snapshot.ts";

/** A name below `/aws/service`, made when it is looked at: there are tens of thousands. */
export interface Node {
  /** `undefined` where only names below it are parameters. */
  readonly value?: string | undefined;
  readonly version?: number | undefined;
  /** Unix time in seconds, if it is not the snapshot's. */
  readonly modifiedAt?: number | undefined;
  /** In their order. */
  readonly names: readonly string[];
  child(name: string): Node | undefined;
}

/** What `/aws/service` holds in a region. */
export function publicTree(snapshot: Snapshot, region: string): Node {
  return branch({
    "ami-amazon-linux-latest": () => linuxImages(snapshot, region),
    bottlerocket: () => bottlerocket(region),
    ecs: () => branch({ "optimized-ami": () => optimizedImages(snapshot, region) }),
    "global-infrastructure": () =>
      branch({
        "current-region": () => regionNode(snapshot, region),
        regions: () => each(Object.keys(snapshot.regions), (name) => regionNode(snapshot, name)),
        services: () => each(Object.keys(snapshot.services), (name) => serviceNode(snapshot, name)),
      }),
  });
}

function leaf(value: string): Node {
  return branch({}, value);
}

function branch(children: Readonly<Record<string, () => Node>>, value?: string): Node {
  return { value, names: Object.keys(children).sort(), child: (name) => children[name]?.() };
}

function each(names: readonly string[], child: (name: string) => Node, value?: string): Node {
  const sorted = [...names].sort();
  return { value, names: sorted, child: (name) => (sorted.includes(name) ? child(name) : undefined) };
}

function regionNode(snapshot: Snapshot, region: string): Node {
  const texts = snapshot.regions[region] ?? {};
  const known = Object.keys(texts).length > 0;
  const children = Object.entries(texts).map(
    ([name, text]) => [name, () => (typeof text === "string" ? leaf(text) : each(text, leaf))] as const,
  );
  const offered = () =>
    Object.keys(snapshot.services).filter((service) => offer(snapshot, service, region) !== undefined);
  const services = () => each(offered(), (service) => offerNode(snapshot, service, region, service));
  return branch({ ...Object.fromEntries(children), ...(known && { services }) }, known ? region : undefined);
}

function serviceNode(snapshot: Snapshot, service: string): Node {
  const [longName, marketingHomeURL] = snapshot.services[service] ?? [];
  const regions = () =>
    Object.keys(snapshot.regions).filter((region) => offer(snapshot, service, region) !== undefined);
  return branch(
    {
      ...texts({ longName, marketingHomeURL }),
      regions: () => each(regions(), (region) => offerNode(snapshot, service, region, region)),
    },
    service,
  );
}

/** A service in a region; `value` is the name under which it is looked at. */
function offerNode(snapshot: Snapshot, service: string, region: string, value: string): Node {
  const [endpoint, protocols] = offer(snapshot, service, region) ?? [];
  const { domain = "" } = snapshot.regions[region] ?? {};
  return branch(
    texts({ endpoint: endpoint?.replace("{region}", region).replace("{domain}", String(domain)), protocols }),
    value,
  );
}

function offer({ regions, services }: Snapshot, service: string, region: string) {
  const digit = regionDigits[Object.keys(regions).indexOf(region)];
  const [, , ...offers] = services[service] ?? [null, null];
  return digit === undefined ? undefined : offers.find(([, , where]) => where.includes(digit));
}

function texts(values: Readonly<Record<string, string | null | undefined>>): Record<string, () => Node> {
  const there = Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return Object.fromEntries(there.map(([name, value]) => [name, () => leaf(value)]));
}

function linuxImages(snapshot: Snapshot, region: string): Node {
  const { linuxImages: images } = snapshot;
  const there = Object.keys(images).filter((name) => images[name]?.[region] || !isRecorded(snapshot, region));
  return each(there, (name) => {
    const [id = madeUp(region, name), version, modifiedAt] = images[name]?.[region] ?? [];
    return { ...leaf(id), version, modifiedAt };
  });
}

function optimizedImages(snapshot: Snapshot, region: string): Node {
  const variants = Object.entries(snapshot.optimizedImages).flatMap(([variant, groups]) => {
    const group = groups.find(({ ids }) => region in ids) ?? (isRecorded(snapshot, region) ? undefined : groups[0]);
    return group ? [[variant.split("/"), () => imageNode(group, variant, region)] as const] : [];
  });
  return nested(variants);
}

/** Turns paths into a tree. */
function nested(entries: readonly (readonly [readonly string[], () => Node])[]): Node {
  const first = new Set(entries.map(([[name = ""]]) => name));
  return each([...first], (name) => {
    const inner = entries.filter(([[own]]) => own === name).map(([path, node]) => [path.slice(1), node] as const);
    const end = inner.find(([path]) => path.length === 0);
    return end ? end[1]() : nested(inner);
  });
}

function imageNode({ record, parts, ids }: ImageGroup, variant: string, region: string): Node {
  const image = { ...record, image_id: ids[region] ?? madeUp(region, variant) } as Readonly<Record<string, unknown>>;
  const sorted = Object.fromEntries(Object.entries(image).sort(([one], [other]) => (one < other ? -1 : 1)));
  return each(parts, (name) => leaf(String(image[name])), JSON.stringify(sorted));
}

const bottlerocketVariants = ["aws-ecs-1", "aws-ecs-1-nvidia", "aws-ecs-2", "aws-ecs-2-nvidia"];

/** AWS's ids of these are not recorded. */
function bottlerocket(region: string): Node {
  return each(bottlerocketVariants, (variant) =>
    each(["arm64", "x86_64"], (architecture) =>
      branch({ latest: () => branch({ image_id: () => leaf(madeUp(region, `${variant}/${architecture}`)) }) }),
    ),
  );
}

function isRecorded({ optimizedImages: images }: Snapshot, region: string): boolean {
  return Object.values(images).some((groups) => groups.some(({ ids }) => region in ids));
}

/** A well-formed id of an image whose own is not recorded; always the same one. */
function madeUp(region: string, image: string): string {
  return `ami-0${createHash("sha256").update(`${region} ${image}`).digest("hex").slice(0, 16)}`;
}
