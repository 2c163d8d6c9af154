// Shows each file named as remark with remark-gfm does: its page goes beside it as FILE.html.
import { readFileSync, writeFileSync } from "node:fs";
import { unified } from "unified";
import remarkParse from "remark-parse";
import remarkGfm from "remark-gfm";
import remarkRehype from "remark-rehype";
import rehypeRaw from "rehype-raw";
import rehypeStringify from "rehype-stringify";

const pipeline = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkRehype, { allowDangerousHtml: true, footnoteLabelTagName: "p" })
  .use(rehypeRaw) // the places that links lead to are HTML
  .use(rehypeStringify);
for (const file of process.argv.slice(2)) {
  writeFileSync(`${file}.html`, String(pipeline.processSync(readFileSync(file, "utf8"))));
}
