import { refusesCustomKeyStores } from "../custom-key-stores/refused.fixture.ts";

refusesCustomKeyStores("DescribeCustomKeyStores", (kms) => kms.describeCustomKeyStores({}));
