// Evaluates a bundle in a process of its own, with a stand-in for `vscode`, and prints the milliseconds.
const Module = require('node:module');

const target = function () {};
const anything = new Proxy(target, {
  get(_, key) {
    if (key === Symbol.toPrimitive) return () => '';
    if (key === Symbol.iterator) return function* () {};
    if (key === 'then') return undefined;
    if (key === 'prototype') return target.prototype;
    return anything;
  },
  // A copy that a bundle makes of the module looks here for what it has not copied.
  getPrototypeOf: () => anything,
  apply: () => anything,
  construct: () => anything,
});

const load = Module._load;
Module._load = function (request, ...rest) {
  return request === 'vscode' ? anything : load.call(this, request, ...rest);
};

const began = performance.now();
require(process.argv[2]);
process.stdout.write(String(performance.now() - began));
process.exit(0);
