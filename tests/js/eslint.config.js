/* What the browser's code is checked for; run from the top folder with --config. */

import js from "@eslint/js";
import globals from "globals";

const rules = {
  ...js.configs.recommended.rules,
  eqeqeq: "error",
  "no-shadow": "error",
  "no-unused-vars": ["error", { args: "none" }], // a method may name what a subclass uses
  "no-var": "error",
  "prefer-const": "error",
  "no-implicit-globals": "error",
  "no-unused-private-class-members": "error",
  "consistent-return": "error",
  "max-depth": ["error", 4],
  complexity: ["error", 16],
};

export default [
  {
    files: ["geo/webmap/js/**/*.js", "tests/map_probe.js"],
    languageOptions: { globals: { ...globals.browser, L: "readonly" } },
    rules,
  },
  { files: ["tests/js/**/*.js"], languageOptions: { globals: globals.node }, rules },
  { files: ["tests/map_probe.js"], languageOptions: { sourceType: "script" } },
];
