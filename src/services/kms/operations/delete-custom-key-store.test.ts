import { CustomKeyStoreId, refusesCustomKeyStores } from "../custom-key-stores/refused.fixture.ts";

refusesCustomKeyStores("DeleteCustomKeyStore", (kms) => kms.deleteCustomKeyStore({ CustomKeyStoreId }));
