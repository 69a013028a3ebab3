import { CustomKeyStoreId, refusesCustomKeyStores } from "../custom-key-stores/refused.fixture.ts";

refusesCustomKeyStores("DisconnectCustomKeyStore", (kms) => kms.disconnectCustomKeyStore({ CustomKeyStoreId }));
