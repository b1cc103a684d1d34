// Starts the whole of Hydrogen, as its own page does, but for encryption.

import {
  createNavigation,
  createRouter,
  FeatureSet,
  Platform,
  RootViewModel,
} from 'hydrogen-view-sdk';

const platform = new Platform({
  container: document.body,
  assetPaths: { downloadSandbox: 'hydrogen/download-sandbox.html', serviceWorker: 'sw.js' },
  config: { defaultHomeServer: '' },
});
const navigation = createNavigation();
platform.setNavigation(navigation);
await platform.init();
const urlRouter = createRouter({ navigation, history: platform.history });
urlRouter.attach();
const features = await FeatureSet.load(platform.settingsStorage);
const root = new RootViewModel({ platform, features, urlRouter, navigation });
await root.load();
platform.createAndMountRootView(root);
