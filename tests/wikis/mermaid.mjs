// Reads a list of diagrams from standard input, and writes what Mermaid reads in each: for a
// timeline its periods with their events, or why it cannot be read.
import { readFileSync } from "node:fs";
import mermaid from "mermaid";

const found = [];
for (const text of JSON.parse(readFileSync(0, "utf8"))) {
  try {
    const { diagramType } = await mermaid.parse(text);
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
    const periods = db.getTasks().map(({ task, events }) => [task.trim(), events.map((e) => e.trim())]);
    found.push({ type: diagramType, title: db.getDiagramTitle?.() ?? "", periods });
  } catch (error) {
    found.push({ error: error.message });
  }
}
process.stdout.write(JSON.stringify(found));
