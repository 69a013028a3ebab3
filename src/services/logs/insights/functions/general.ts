import { BlockList, isIP, isIPv4, isIPv6 } from "node:net";
import { parseExactly } from "../../exact-json.ts";
import { textOf, type Value } from "../values.ts";
import type { FunctionTable, QueryFunction } from "./function.ts";

function ofAddress(run: (address: string) => boolean): QueryFunction {
  return { least: 1, most: 1, run: (given) => run(textOf(given) ?? "") };
}

function inSubnet(isAddress: (address: string) => boolean): QueryFunction {
  // A query mostly asks about one subnet.
  let last: { readonly text: string; readonly list: BlockList | undefined } | undefined;
  return {
    ...{ least: 2, most: 2 },
    run(given, subnet) {
      const [address = "", text = ""] = [textOf(given), textOf(subnet)];
      if (last?.text !== text) last = { text, list: readSubnet(text, isAddress) };
      return isAddress(address) && (last.list?.check(address, isIPv4(address) ? "ipv4" : "ipv6") ?? false);
    },
  };
}

function readSubnet(text: string, isAddress: (address: string) => boolean): BlockList | undefined {
  const [, address = "", bits = ""] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  if (!isAddress(address) || Number(bits) > (isIPv4(address) ? 32 : 128)) return undefined;
  const list = new BlockList();
  list.addSubnet(address, Number(bits), isIPv4(address) ? "ipv4" : "ipv6");
  return list;
}

function parseJson(given: Value): Value {
  try {
    return (parseExactly(textOf(given) ?? "") as Value | null) ?? undefined;
  } catch {
    return undefined;
  }
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-operations-functions.html#CWL_QuerySyntax-general-functions */
export const generalFunctions: FunctionTable = {
  ispresent: { least: 1, most: 1, run: (given) => given !== undefined },
  coalesce: { least: 1, most: 100, run: (...given) => given.find((one) => one !== undefined) },
  jsonparse: { least: 1, most: 1, run: parseJson },
  jsonstringify: {
    ...{ least: 1, most: 1 },
    run: (given) => (given === undefined ? undefined : JSON.stringify(given)),
  },
  isvalidip: ofAddress((address) => isIP(address) !== 0),
  isvalidipv4: ofAddress(isIPv4),
  isvalidipv6: ofAddress(isIPv6),
  isipinsubnet: inSubnet((address) => isIP(address) !== 0),
  isipv4insubnet: inSubnet(isIPv4),
  isipv6insubnet: inSubnet(isIPv6),
};
