import type { Plugin } from 'esbuild';

/** oclif asks at each start whether this is Linux inside Windows, which takes seven modules to find out and changes nothing here. */
export const LINUX_ONLY: Plugin = {
  name: 'linux-only',
  setup(build) {
    build.onLoad({ filter: /[/\\]wsl-utils[/\\]index\.js$/ }, () => ({
      contents: 'export const isWsl = false;',
      loader: 'js',
    }));
  },
};

/** The package searches for its binary with ten modules of its own; where it is installed, it lies at one place. */
export const ADDON_KNOWN: Plugin = {
  name: 'addon-known',
  setup(build) {
    build.onLoad({ filter: /fs-native-extensions[/\\]binding\.js$/ }, () => ({
      contents: [
        "const platform = process.platform + '-' + process.arch;",
        "module.exports = require('fs-native-extensions/prebuilds/' + platform + '/fs-native-extensions.node');",
      ].join('\n'),
      loader: 'js',
    }));
  },
};
