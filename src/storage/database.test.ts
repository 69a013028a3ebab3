import { databases } from "../../test/support/databases.ts";
import { skipUnless } from "../../test/support/require.ts";
import { databaseContract } from "./database.contract.ts";

for (const name of ["sqlite", "postgres"] as const) {
  databaseContract(name, {
    open() {
      const kind = databases().find((database) => database.name === name);
      if (!kind) throw new Error(`There is no ${name} to test on`);
      return kind.open();
    },
    skip: name === "postgres" && (await skipUnless("postgres")),
  });
}
