// Shows each file named as a tiddler of Markdown: its page goes beside it as FILE.html.
"use strict";
const { readFileSync, writeFileSync } = require("node:fs");
const { TiddlyWiki } = require("tiddlywiki");

const wiki = TiddlyWiki();
// With its own plugin for Markdown, and nothing printed but a version.
wiki.boot.argv = ["+plugins/tiddlywiki/markdown", "--version"];
wiki.boot.boot(() => {
  for (const file of process.argv.slice(2)) {
    const html = wiki.wiki.renderText("text/html", "text/markdown", readFileSync(file, "utf8"));
    writeFileSync(`${file}.html`, html);
  }
});
