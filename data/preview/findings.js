// What is wrong, above a brief and in the list beside it, and the lines of a file that it leads to.
"use strict";

function problemElement(problem, tag) {
  const place = !problem.place ? null : problem.file
    ? make("button", {type: "button", className: "place", textContent: problem.place})
    : make("span", {className: "place", textContent: problem.place});
  if (place && problem.file) place.addEventListener("click", () => openLines(problem));
  const said = make("span", {className: "said", textContent: problem.message});
  const excerpt = problem.excerpt ? make("code", {className: "excerpt", textContent: problem.excerpt.trim()}) : null;
  const editor = problem.editor ? make("a", {className: "editor", href: problem.editor, textContent: "Open in the editor"}) : null;
  return make(tag, {className: "problem"}, place, editor, said, excerpt);
}

function findingElement(finding) {
  const item = problemElement(finding, "li");
  const names = [...new Set(finding.concerns.map(one => one.audience))];
  if (names.length) item.append(make("span", {className: "also"}, "Concerns ", ...names.flatMap((name, index) => {
    const form = finding.concerns.find(one => one.audience === name).form;
    const link = make("button", {type: "button", className: "place", textContent: name});
    link.addEventListener("click", () => show({audience: name, form, beside: ""}));
    return index ? [", ", link] : [link];
  })));
  return item;
}

let listed = "";
function drawFindings() {
  const findings = told.findings;
  const toggle = byId("toggle");
  toggle.textContent = findings.length === 0 ? "No findings" : findings.length === 1 ? "1 finding" : `${findings.length} findings`;
  toggle.classList.toggle("some", findings.length > 0);
  const said = JSON.stringify(findings);
  if (said === listed) return;
  listed = said;
  byId("none").hidden = findings.length > 0;
  byId("list").replaceChildren(...findings.map(findingElement));
}

function unfold(open) {
  byId("findings").hidden = !open;
  byId("toggle").setAttribute("aria-expanded", open);
}

byId("toggle").addEventListener("click", () => unfold(byId("findings").hidden));

async function openLines(problem) {
  const query = new URLSearchParams({file: problem.file, line: problem.line});
  const answer = await fetch(`lines?${query}`);
  if (!answer.ok) return;
  const shown = await answer.json();
  const items = shown.lines.map((text, index) => {
    const number = shown.first + index;
    const here = number === shown.line;
    const line = make("span", {textContent: text});
    const item = make("li", {className: here ? "here" : ""}, make("span", {className: "number", textContent: number}), here ? make("mark", {}, line) : line);
    if (here) item.setAttribute("aria-current", "true");
    return item;
  });
  byId("source-title").textContent = shown.line ? `${shown.file}, line ${shown.line}` : shown.file;
  byId("lines").replaceChildren(make("ol", {}, ...items));
  byId("source").hidden = false;
  unfold(true);
  const here = byId("lines").querySelector(".here");
  if (here) byId("lines").scrollTop = here.offsetTop - byId("lines").offsetTop - byId("lines").clientHeight / 2;
  byId("source-title").focus();
}
