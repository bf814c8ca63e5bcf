// Scripts of phone pages keep to what Chromium 80 knows (WeChat's built-in browser); launch/old_browsers.py runs this.
import { createRequire } from "node:module";

// The packages lie where eslint does, which need not be this folder.
const compat = createRequire(process.argv[1])("eslint-plugin-compat");

export default [
  {
    files: ["static/js/*.js"],
    plugins: { compat: compat.default ?? compat },
    // Syntax up to ES2020 is Chromium 80's; a later one is a parsing error.
    languageOptions: { ecmaVersion: 2020, sourceType: "script" },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    settings: { browsers: ["Chrome 80"], lintAllEsApis: true },
    rules: { "compat/compat": "error" },
  },
];
