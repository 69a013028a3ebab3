import { refusesCustomKeyStores } from "../custom-key-stores/refused.fixture.ts";

refusesCustomKeyStores("CreateCustomKeyStore", (kms) => kms.createCustomKeyStore({ CustomKeyStoreName: "own" }));
