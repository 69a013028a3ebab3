import { crc32, deflateSync } from "node:zlib";
import { encodeQR } from "qr";

/** Pixels a module. */
const scale = 4;
/** Modules of white around the code. */
const border = 4;

/** A QR code of a text as a black and white PNG image: https://www.w3.org/TR/png-3/ */
export function qrCodePng(text: string): Uint8Array {
  const modules = encodeQR(text, "raw", { border, ecc: "medium" });
  const rows = modules.flatMap((row) => {
    const line = packed(row.flatMap((dark) => Array.from({ length: scale }, () => !dark)));
    return Array.from({ length: scale }, () => line);
  });
  const size = modules.length * scale;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  // One bit a pixel; greyscale, deflated and not interlaced are all 0.
  header.writeUInt8(1, 8);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.concat(rows))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** A row of pixels, eight a byte, after the byte that says that it is not filtered. */
function packed(pixels: readonly boolean[]): Buffer {
  const bits = pixels.map((white) => (white ? "1" : "0")).join("");
  return Buffer.from([0, ...(bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, "0"), 2))]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const content = Buffer.concat([Buffer.from(type), data]);
  const framed = Buffer.alloc(content.length + 8);
  framed.writeUInt32BE(data.length, 0);
  content.copy(framed, 4);
  framed.writeUInt32BE(crc32(content), content.length + 4);
  return framed;
}
