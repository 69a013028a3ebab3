#!/bin/sh
# Makes the …-code.ts beside each program in C below src/runtime/docker. Needs gcc and gcc-aarch64-linux-gnu (Debian 12: GCC 12.2).
set -eu
cd "$(dirname "$0")/../src/runtime/docker"
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
# The code is loaded after an ELF and a program header of 64 and 56 bytes, which elf.ts writes.
cat >"$work/program.ld" <<'END'
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
  "$2gcc" -Os -ffreestanding -fno-builtin -fno-stack-protector -fno-asynchronous-unwind-tables -fno-tree-loop-distribute-patterns \
    -fcf-protection=none -fno-pic -nostdlib -static -Wall -Wextra -Werror $3 -Wl,-T,"$work/program.ld" -Wl,--build-id=none \
    -o "$work/program" "$1.c"
  "$2objcopy" -O binary -j .text "$work/program" "$work/code"
  tail -c +121 "$work/code" | base64 -w 120 | sed 's/^/    /'
}
program() {
  {
    echo "/** The machine code of \`$(basename "$1").c\`, which \`scripts/compile-programs.sh\` wrote here: change neither by hand. */"
    echo "export const $2 = {"
    printf '  x86_64: `\n'; code "$1" "" ""; printf '  `,\n'
    printf '  arm64: `\n'; code "$1" aarch64-linux-gnu- "-mno-outline-atomics"; printf '  `,\n'
    echo '};'
  } >"$work/code.ts"
  mv "$work/code.ts" "$1-code.ts"
}
program link-local/door doorCode
program show-environment/show-environment showEnvironmentCode
