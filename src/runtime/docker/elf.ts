export type Architecture = "x86_64" | "arm64";

const baseAddress = 0x400000n;
const fileHeaderSize = 64;
const segmentHeaderSize = 56;

/**
 * A static Linux executable made of nothing but `code`, loaded as it stands and entered at its first byte.
 * https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html
 */
export function elf(architecture: Architecture, code: Buffer): Buffer {
  const headers = Buffer.alloc(fileHeaderSize + segmentHeaderSize);
  const size = BigInt(headers.length + code.length);

  headers.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]); // magic; 64 bits, little endian, ELF version 1
  headers.writeUInt16LE(2, 16); // e_type: executable
  headers.writeUInt16LE(architecture === "arm64" ? 183 : 62, 18); // e_machine
  headers.writeUInt32LE(1, 20); // e_version
  headers.writeBigUInt64LE(baseAddress + BigInt(headers.length), 24); // e_entry: the code begins after the headers
  headers.writeBigUInt64LE(BigInt(fileHeaderSize), 32); // e_phoff
  headers.writeUInt16LE(fileHeaderSize, 52); // e_ehsize
  headers.writeUInt16LE(segmentHeaderSize, 54); // e_phentsize
  headers.writeUInt16LE(1, 56); // e_phnum

  const segment = headers.subarray(fileHeaderSize);
  segment.writeUInt32LE(1, 0); // p_type: load
  segment.writeUInt32LE(5, 4); // p_flags: read and execute
  segment.writeBigUInt64LE(baseAddress, 16); // p_vaddr
  segment.writeBigUInt64LE(baseAddress, 24); // p_paddr
  segment.writeBigUInt64LE(size, 32); // p_filesz
  segment.writeBigUInt64LE(size, 40); // p_memsz
  segment.writeBigUInt64LE(0x10000n, 48); // p_align: the largest page that an arm64 kernel uses
  return Buffer.concat([headers, code]);
}

/** Machine code from a listing: hexadecimal bytes in memory order, each line ending in a `;` comment. */
export function machineCode(listing: string): Buffer {
  return Buffer.from(listing.replaceAll(/;.*$/gm, "").replaceAll(/\s/g, ""), "hex");
}
