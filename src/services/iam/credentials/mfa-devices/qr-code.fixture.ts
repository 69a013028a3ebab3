import assert from "node:assert/strict";
import { inflateSync } from "node:zlib";
import { decodeQR } from "qr/decode.js";

/** The text in a QR code that is a black and white PNG image of one bit a pixel. */
export function textInQrCode(png: Uint8Array): string {
  const bytes = Buffer.from(png);
  assert.equal(bytes.subarray(1, 4).toString(), "PNG");
  let data = Buffer.alloc(0);
  let [width, height] = [0, 0];
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const type = bytes.toString("latin1", at + 4, at + 8);
    const content = bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at));
    if (type === "IHDR") [width, height] = [content.readUInt32BE(0), content.readUInt32BE(4)];
    if (type === "IDAT") data = Buffer.concat([data, content]);
  }
  const rows = inflateSync(data);
  const length = 1 + Math.ceil(width / 8);
  const pixels = Uint8Array.from({ length: width * height * 4 }, (_, index) => {
    const pixel = index >> 2;
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    const bit = (rows[y * length + 1 + (x >> 3)] ?? 0) & (0x80 >> (x & 7));
    return index % 4 === 3 || bit ? 255 : 0;
  });
  return decodeQR({ width, height, data: pixels });
}
