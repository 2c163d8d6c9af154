// The panes: each shows the brief of one audience, and keeps its place when it is made anew.
"use strict";

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
