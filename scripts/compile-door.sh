#!/bin/sh
# Makes src/runtime/docker/link-local/door-code.ts from door.c. Needs gcc and gcc-aarch64-linux-gnu (Debian 12: GCC 12.2).
set -eu
cd "$(dirname "$0")/../src/runtime/docker/link-local"
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
# The code is loaded after an ELF and a program header of 64 and 56 bytes, which elf.ts writes.
cat >"$work/door.ld" <<'END'
ENTRY(_start)
SECTIONS {
  . = 0x400000;
  .text : { . += 120; *(.text.start) *(.text*) *(.rodata*) }
  .rest : { *(.data*) *(.bss*) }
  ASSERT(SIZEOF(.rest) == 0, "the program must have no data")
  /DISCARD/ : { *(.note*) *(.comment*) *(.eh_frame*) }
}
END
code() {
  "$1gcc" -Os -ffreestanding -fno-builtin -fno-stack-protector -fno-asynchronous-unwind-tables -fno-tree-loop-distribute-patterns \
    -fcf-protection=none -fno-pic -nostdlib -static -Wall -Wextra -Werror $2 -Wl,-T,"$work/door.ld" -Wl,--build-id=none -o "$work/door" door.c
  "$1objcopy" -O binary -j .text "$work/door" "$work/code"
  tail -c +121 "$work/code" | base64 -w 120 | sed 's/^/    /'
}
{
  echo '/** The machine code of `door.c`, which `scripts/compile-door.sh` wrote here: change neither by hand. */'
  echo 'export const doorCode = {'
  printf '  x86_64: `\n'; code "" ""; printf '  `,\n'
  printf '  arm64: `\n'; code aarch64-linux-gnu- "-mno-outline-atomics"; printf '  `,\n'
  echo '};'
} >"$work/door-code.ts"
mv "$work/door-code.ts" door-code.ts
