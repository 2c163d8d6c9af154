// Shows what the server tells: the brief of each audience, what is wrong, and where.
// All text is put in as text; nothing of a briefing ever becomes HTML here.
"use strict";

const byId = id => document.getElementById(id);
const FORMS = {html: "Page", md: "Markdown", pdf: "PDF"};
const SETTLED = 120; // ms in which the browser's viewer of PDFs draws its first page; nothing tells when
let told = null;
let stream = null;
let view = readView();
const panes = [];

function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter(child => child !== null));
  return element;
}

// --- what is on the screen: stands behind the # of the address, so that a reload keeps it ---

function readView() {
  const [audience, form, beside] = location.hash.slice(1).split("/").map(part => {
    try { return decodeURIComponent(part); } catch { return ""; }
  });
  return {audience: audience || "", form: form in FORMS ? form : "html", beside: beside || ""};
}

function show(change) {
  Object.assign(view, change);
  const parts = [view.audience, view.form, ...(view.beside ? [view.beside] : [])];
  history.replaceState(null, "", `#${parts.map(encodeURIComponent).join("/")}`);
  draw();
  listen();
}

addEventListener("hashchange", () => { view = readView(); draw(); listen(); });

// --- the stream of what has changed ---

function listen() {
  const shown = [view.audience, view.beside].filter(Boolean);
  const asked = shown.map(name => `show=${encodeURIComponent(`${name}.${view.form}`)}`).join("&");
  if (stream && stream.asked === asked && stream.readyState !== EventSource.CLOSED) return;
  if (stream) stream.close();
  stream = new EventSource(`events?${asked}`);
  stream.asked = asked;
  stream.onmessage = event => {
    byId("status").textContent = "";
    told = JSON.parse(event.data);
    draw();
  };
  stream.onerror = () => { byId("status").textContent = "The preview has ended, or cannot be reached. It goes on by itself once it is there again."; };
}

// --- the bar at the top ---

function draw() {
  if (!told || !told.audiences.length) return;
  const names = told.audiences.map(one => one.name);
  if (!names.includes(view.audience)) view.audience = names[0];
  if (!names.includes(view.beside) || view.beside === view.audience) view.beside = "";
  document.title = `${told.findings.length ? `(${told.findings.length}) ` : ""}${told.file}`;
  byId("file").textContent = told.file;
  drawTabs();
  drawBeside(names);
  for (const input of document.querySelectorAll("#forms input")) input.checked = input.value === view.form;
  drawPanes([view.audience, view.beside].filter(Boolean));
  drawFindings();
  listen();
}

function drawTabs() {
  const tabs = byId("tabs");
  const wanted = told.audiences.map(one => one.name);
  const there = [...tabs.children].map(tab => tab.dataset.name);
  if (wanted.join("\n") !== there.join("\n")) {
    tabs.replaceChildren(...wanted.map(name => {
      const tab = make("button", {type: "button", textContent: name, id: `tab-${name}`});
      tab.dataset.name = name;
      tab.setAttribute("role", "tab");
      tab.addEventListener("click", () => show({audience: name, beside: view.beside === name ? view.audience : view.beside}));
      return tab;
    }));
  }
  for (const [index, tab] of [...tabs.children].entries()) {
    const chosen = tab.dataset.name === view.audience;
    tab.setAttribute("aria-selected", chosen);
    tab.tabIndex = chosen ? 0 : -1;
    if (chosen) tab.setAttribute("aria-controls", "pane-0"); else tab.removeAttribute("aria-controls");
    const wrong = Object.values(told.audiences[index].forms).some(form => form.problems.length);
    tab.classList.toggle("wrong", wrong);
    tab.title = wrong ? "Something is wrong with it" : "";
  }
}

byId("tabs").addEventListener("keydown", event => {
  const tabs = [...byId("tabs").children];
  const here = tabs.indexOf(document.activeElement);
  const next = {ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: tabs.length - 1}[event.key];
  if (next === undefined || here < 0) return;
  event.preventDefault();
  const tab = tabs[(next + tabs.length) % tabs.length];
  tab.click();
  tab.focus();
});

function drawBeside(names) {
  const select = byId("beside");
  const wanted = ["", ...names.filter(name => name !== view.audience)];
  if (wanted.join("\n") !== [...select.options].map(one => one.value).join("\n"))
    select.replaceChildren(...wanted.map(name => make("option", {value: name, textContent: name || "nothing"})));
  select.value = view.beside;
}

byId("beside").addEventListener("change", event => show({beside: event.target.value}));
byId("forms").addEventListener("change", event => show({form: event.target.value}));

// --- the briefs ---

function address(name, form) {
  const audience = encodeURIComponent(name);
  return form === "md" ? `markdown/${audience}` : `brief/${audience}.${form}`;
}

class Pane {
  constructor(number) {
    this.heading = make("h2", {});
    this.state = make("span", {className: "state"});
    this.pages = make("span", {className: "pages"});
    this.pages.setAttribute("role", "group");
    this.pages.setAttribute("aria-label", "Page");
    this.download = make("a", {textContent: "Download"});
    const more = make("div", {className: "more"}, this.pages, this.download);
    this.problems = make("div", {className: "problems", hidden: true, tabIndex: 0});
    this.problems.setAttribute("role", "alert");
    this.nothing = make("p", {className: "nothing"});
    this.frames = make("div", {className: "frames"}, this.nothing);
    const bar = make("div", {className: "bar"}, this.heading, this.state, more);
    this.element = make("section", {id: `pane-${number}`, className: "pane"}, bar, this.problems, this.frames);
    this.places = new Map(); // where each brief was scrolled to
    this.sheets = new Map(); // which page of each PDF is shown
    this.frame = null;
    this.key = "";
    this.said = "";
  }

  update(name, form, brief, first) {
    this.name = name;
    this.form = form;
    this.heading.textContent = name;
    this.element.setAttribute("role", first ? "tabpanel" : "region");
    this.element.setAttribute("aria-label", `${FORMS[form]} for ${name}`);
    this.state.textContent = brief.problems.length ? (brief.there ? "the last good one" : "") : !brief.there ? "" : brief.waiting ? "being made …" : "up to date";
    this.download.hidden = !brief.there;
    this.download.href = `brief/${encodeURIComponent(name)}.${form}?download`;
    this.download.setAttribute("aria-label", `Download the ${FORMS[form]} for ${name}`);
    this.nothing.textContent = brief.there ? "" : brief.problems.length ? "There is no good one yet." : "It is being made …";
    this.tell(brief);
    this.sheetButtons(brief);
    if (!brief.there) this.clear();
    else this.load(`${address(name, form)}?v=${brief.version}`, `${name}.${form}`);
  }

  tell(brief) {
    const said = JSON.stringify(brief.problems);
    if (said === this.said) return;
    this.said = said;
    this.problems.hidden = !brief.problems.length;
    this.problems.replaceChildren(...brief.problems.map(problem => problemElement(problem, "div")));
  }

  sheetButtons(brief) {
    const number = this.form === "pdf" && brief.there ? brief.pages || 0 : 0;
    this.pages.hidden = number < 2;
    if (this.pages.hidden) { this.pages.replaceChildren(); return; }
    const here = Math.min(this.sheets.get(this.name) || 1, number);
    if (this.pages.children.length !== number)
      this.pages.replaceChildren(...Array.from({length: number}, (_, index) => {
        const button = make("button", {type: "button", textContent: index + 1});
        button.setAttribute("aria-label", `Page ${index + 1}`);
        button.title = "Stays at this page when the PDF is made anew";
        button.addEventListener("click", () => this.turn(index + 1));
        return button;
      }));
    for (const [index, button] of [...this.pages.children].entries())
      if (index + 1 === here) button.setAttribute("aria-current", "page"); else button.removeAttribute("aria-current");
  }

  turn(page) {
    this.sheets.set(this.name, page);
    this.key = "";
    draw();
  }

  clear() {
    for (const frame of this.frames.querySelectorAll("iframe")) frame.remove();
    this.frame = null;
    this.key = "";
  }

  // The new brief is loaded behind the old one and takes its place when it is there: no flicker.
  load(source, which) {
    const page = this.form === "pdf" ? `#page=${this.sheets.get(this.name) || 1}&navpanes=0` : "";
    const key = source + page;
    if (key === this.key) return;
    this.key = key;
    for (const frame of this.frames.querySelectorAll(".coming")) frame.remove();
    const frame = make("iframe", {className: "coming", title: `${FORMS[this.form]} for ${this.name}`});
    // The browser's viewer of PDFs does not work in a sandbox; a page has no script to run.
    if (this.form !== "pdf") frame.setAttribute("sandbox", "allow-same-origin allow-popups allow-popups-to-escape-sandbox");
    frame.which = which;
    frame.addEventListener("load", () => this.loaded(frame, key), {once: true});
    frame.src = source + page;
    this.frames.append(frame);
  }

  loaded(frame, key) {
    if (key !== this.key) return;
    if (this.frame) this.remember();
    const inside = this.form === "pdf" ? null : frame.contentDocument;
    if (inside) {
      restore(frame, this.places.get(frame.which));
      for (const link of inside.querySelectorAll('a[href]:not([href^="#"])')) {
        link.target = "_blank";
        link.rel = "noopener noreferrer";
      }
    }
    const swap = () => {
      if (key !== this.key) return;
      const old = this.frame;
      frame.classList.remove("coming");
      this.frame = frame;
      if (old) old.remove();
      frame.dataset.shown = key;
      frame.addEventListener("load", () => { this.key = ""; draw(); }, {once: true}); // it was led away
    };
    if (inside) swap(); else setTimeout(swap, SETTLED);
  }

  remember() {
    const inside = this.frame.contentDocument;
    if (inside && inside.body) this.places.set(this.frame.which, position(this.frame));
  }
}

// A place is told by the heading above it, for what stands further up may become longer.
function marks(inside) {
  const seen = new Map();
  const drawn = element => element.getClientRects().length; // a part of a drawing may be nowhere
  return [...inside.querySelectorAll("h1, h2, h3, [id]:not(svg *)")].filter(drawn).map(element => {
    const name = element.id || element.textContent.trim();
    const number = (seen.get(name) || 0) + 1;
    seen.set(name, number);
    return {element, name: `${number} ${name}`};
  });
}

function position(frame) {
  const {scrollX, scrollY} = frame.contentWindow;
  const above = marks(frame.contentDocument).filter(one => one.element.getBoundingClientRect().top <= 1);
  const last = above.length && scrollY > 0 ? above[above.length - 1] : null;
  return {scrollX, scrollY, name: last && last.name, offset: last && last.element.getBoundingClientRect().top};
}

function restore(frame, place) {
  if (!place) return;
  const found = place.name && marks(frame.contentDocument).find(one => one.name === place.name);
  const top = found ? found.element.getBoundingClientRect().top + frame.contentWindow.scrollY - place.offset : place.scrollY;
  frame.contentWindow.scrollTo({left: place.scrollX, top, behavior: "instant"});
}

function drawPanes(names) {
  while (panes.length < names.length) {
    panes.push(new Pane(panes.length));
    byId("panes").append(panes[panes.length - 1].element);
  }
  while (panes.length > names.length) panes.pop().element.remove();
  names.forEach((name, index) => {
    const brief = told.audiences.find(one => one.name === name).forms[view.form];
    panes[index].update(name, view.form, brief, index === 0);
  });
}

// --- what is wrong ---

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

listen();
