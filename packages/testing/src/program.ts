/**
 * The program `sealift`: its source, or the bundle that a run of all tests has made. The package that is published has another one
 * of these lines.
 */
export const program = new URL(process.env.SEALIFT_TEST_PROGRAM ?? "../../../src/main.js", import.meta.url);
