import { CustomKeyStoreId, refusesCustomKeyStores } from "../custom-key-stores/refused.fixture.ts";

refusesCustomKeyStores("UpdateCustomKeyStore", (kms) => kms.updateCustomKeyStore({ CustomKeyStoreId }));
