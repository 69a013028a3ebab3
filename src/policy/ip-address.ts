import { isIP } from "node:net";

/** The 16-bit groups of an address: two for IPv4, eight for IPv6. */
type Groups = readonly number[];

let latest: { readonly text: string; readonly groups: Groups | undefined } = { text: "", groups: undefined };

/** Tests whether an address is in a range (`203.0.113.0/24`, `2001:db8::/32`, one address); undefined if it is no range. */
export function compileIpRange(range: string): ((address: string) => boolean) | undefined {
  const [address = "", prefix, ...more] = range.split("/");
  const wanted = parseIp(address);
  if (wanted === undefined || more.length > 0) return undefined;
  const longest = wanted.length * 16;
  const length = prefix === undefined ? longest : Number(prefix);
  if ((prefix !== undefined && !/^\d{1,3}$/.test(prefix)) || length > longest) return undefined;
  const whole = Math.floor(length / 16);
  const shift = 16 - (length % 16);
  return (text) => {
    const groups = parseLatest(text);
    if (groups?.length !== wanted.length) return false;
    for (let index = 0; index < whole; index++) if (groups[index] !== wanted[index]) return false;
    return shift === 16 || (groups[whole] ?? 0) >> shift === (wanted[whole] ?? 0) >> shift;
  };
}

/** Parses an address once for all statements: a request has one address. */
function parseLatest(text: string): Groups | undefined {
  // Sockets of both families show IPv4 addresses like this.
  if (latest.text !== text) latest = { text, groups: parseIp(text.replace(/^::ffff:(?=\d+\.)/i, "")) };
  return latest.groups;
}

/** Undefined also for an address with a zone (`fe80::1%eth0`): zones differ between machines. */
function parseIp(text: string): Groups | undefined {
  const version = text.includes("%") ? 0 : isIP(text);
  if (version === 0) return undefined;
  if (version === 4) return parseIp4(text);
  const [left = "", right] = text.split("::");
  const [before, after] = [parseGroups(left), parseGroups(right ?? "")];
  const zeros = right === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array.from({ length: zeros }, () => 0), ...after];
}

function parseGroups(text: string): Groups {
  if (text === "") return [];
  return text.split(":").flatMap((group) => (group.includes(".") ? parseIp4(group) : Number.parseInt(group, 16)));
}

function parseIp4(text: string): Groups {
  const [first = 0, second = 0, third = 0, fourth = 0] = text.split(".").map(Number);
  return [first * 256 + second, third * 256 + fourth];
}
