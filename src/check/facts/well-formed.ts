import { type RegisterTaskDefinitionCommandInput, RegisterTaskDefinitionRequest$ } from "@aws-sdk/client-ecs";
import { NormalizedSchema } from "@smithy/core/schema";

/** A member that RegisterTaskDefinition does not have, or whose value is of another type. */
export interface Misfit {
  readonly pointer: string;
  readonly name: string;
  /** The type that is wanted; absent where there is no such member. */
  readonly wanted?: string;
  /** The member that may be meant. */
  readonly similar?: string;
}

/** A definition as far as it has the types of RegisterTaskDefinition's input, so that all else may rely on them. */
export function wellFormed(definition: object): {
  readonly definition: RegisterTaskDefinitionCommandInput;
  readonly misfits: readonly Misfit[];
} {
  const misfits: Misfit[] = [];
  const fitted = fitting(definition, shapeOf(NormalizedSchema.of(RegisterTaskDefinitionRequest$)), "", "", misfits);
  const { family = "", containerDefinitions = [], ...rest } = Object(fitted) as RegisterTaskDefinitionCommandInput;
  return { definition: { family, containerDefinitions, ...rest }, misfits };
}

/** What a schema says of values: the SDK works it out anew for each that is asked about. */
interface Shape {
  readonly wanted: string;
  /** Of a list or a map. */
  readonly item?: Shape;
  /** Of a structure. */
  readonly members?: ReadonlyMap<string, Shape>;
}

/** By schema; structures hold each other. */
const shapes = new Map<unknown, Shape>();

function shapeOf(schema: NormalizedSchema): Shape {
  if (!schema.isStructSchema()) {
    const hasItems = schema.isListSchema() || schema.isMapSchema();
    return { wanted: typeOf(schema), ...(hasItems && { item: shapeOf(schema.getValueSchema()) }) };
  }
  const known = shapes.get(schema.getSchema());
  if (known) return known;
  const members = new Map<string, Shape>();
  const shape = { wanted: typeOf(schema), members };
  shapes.set(schema.getSchema(), shape);
  for (const [name, member] of schema.structIterator()) members.set(name, shapeOf(member));
  return shape;
}

function typeOf(schema: NormalizedSchema): string {
  if (schema.isListSchema()) return "a list";
  if (schema.isMapSchema() || schema.isStructSchema()) return "an object";
  if (schema.isBooleanSchema()) return "a boolean";
  return schema.isNumericSchema() ? "a number" : "a string";
}

/** The value, or `undefined` where it does not fit. */
function fitting(value: unknown, shape: Shape, pointer: string, name: string, misfits: Misfit[]): unknown {
  if (value === null || value === undefined) return undefined;
  const { wanted, item, members } = shape;
  const is = Array.isArray(value) ? "a list" : types[typeof value];
  if (is !== wanted) {
    misfits.push({ pointer, name, wanted });
    return undefined;
  }
  if (item && Array.isArray(value)) {
    const empty = item.wanted === "an object" ? {} : "";
    return value.map((one, index) => fitting(one, item, `${pointer}/${index}`, name, misfits) ?? empty);
  }
  if (!item && !members) return value;
  const entries = Object.entries(value).map(([key, one]): [string, unknown] => {
    const below = `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    const member = members ? members.get(key) : item;
    if (member) return [key, fitting(one, member, below, key, misfits)];
    const similar = [...(members?.keys() ?? [])].find((other) => isNear(other.toLowerCase(), key.toLowerCase()));
    misfits.push({ pointer: below, name: key, ...(similar !== undefined && { similar }) });
    return [key, undefined];
  });
  return Object.fromEntries(entries.filter(([, one]) => one !== undefined));
}

const types: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  boolean: "a boolean",
  object: "an object",
};

/** True if one letter more, less, other or exchanged makes one of the other. */
export function isNear(one: string, other: string): boolean {
  if (one === other) return true;
  if (Math.abs(one.length - other.length) > 1) return false;
  let start = 0;
  while (one[start] === other[start]) start++;
  const rest = (text: string, skipped: number) => text.slice(start + skipped);
  if (rest(one, 1) === rest(other, 1) || rest(one, 1) === rest(other, 0) || rest(one, 0) === rest(other, 1))
    return true;
  return rest(one, 2) === rest(other, 2) && one[start] === other[start + 1] && one[start + 1] === other[start];
}
