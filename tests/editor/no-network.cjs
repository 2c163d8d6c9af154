// Lets nothing of Node connect to anywhere, and notes what tried to.
"use strict";
const fs = require("node:fs");
const net = require("node:net");

net.Socket.prototype.connect = function (...where) {
  fs.appendFileSync(process.env.CONNECTIONS, `${JSON.stringify(where)}\n`);
  throw new Error("there is no network here");
};
