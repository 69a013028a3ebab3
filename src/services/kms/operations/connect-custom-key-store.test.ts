import { CustomKeyStoreId, refusesCustomKeyStores } from "../custom-key-stores/refused.fixture.ts";

refusesCustomKeyStores("ConnectCustomKeyStore", (kms) => kms.connectCustomKeyStore({ CustomKeyStoreId }));
